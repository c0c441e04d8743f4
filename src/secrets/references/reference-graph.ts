import { type EscapedDollars, markersIn, type Reference } from './reference.js';
import type { Lookup, PlacedVariable } from './resolution.js';

/** How many references may follow one another from a value to the last one it needs. */
export const MAX_DEPTH = 10;
/** How many different references one resolution follows. */
export const MAX_LINKS = 10_000;
/** Lookups under way at the same time. */
const AT_ONCE = 16;

/** Where a reference leads, or why nowhere. */
export type Target = Node | 'missing' | 'forbidden' | 'depth' | 'too_large';

/** A value and where its references lead. */
export interface Node extends PlacedVariable {
  readonly markers: (Reference | EscapedDollars)[];
  /** By the text of the reference; what is not here lies deeper than is followed. */
  readonly targets: Map<string, Target>;
}

const nodeOf = ({ place, key, value }: PlacedVariable): Node => ({
  place,
  key,
  value,
  markers: [...markersIn(value)],
  targets: new Map(),
});

const idOf = ({ place, key }: PlacedVariable) => JSON.stringify([place, key]);

const referencesOf = ({ markers }: Node) =>
  new Map(markers.filter((marker) => 'text' in marker).map((reference) => [reference.text, reference]));

/** Follows references level by level, so that each value is met at its shortest distance and each reference is looked up once. */
export class ReferenceGraph {
  private readonly nodes = new Map<string, Node>();
  private links = 0;

  constructor(private readonly lookup: Lookup) {}

  /** @returns the nodes of the starts, in their order */
  async follow(start: readonly PlacedVariable[]): Promise<Node[]> {
    const starts = start.map((variable) => this.add(variable).node);
    let level = [...new Set(starts)];
    for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth++) level = await this.expand(level);
    return starts;
  }

  private add(variable: PlacedVariable) {
    const id = idOf(variable);
    const known = this.nodes.get(id);
    if (known) return { node: known, isNew: false };
    const node = nodeOf(variable);
    this.nodes.set(id, node);
    return { node, isNew: true };
  }

  private async expand(level: readonly Node[]): Promise<Node[]> {
    const work = level.flatMap((node) =>
      [...referencesOf(node).values()].map((reference) => ({ node, reference })),
    );
    const found: Node[] = [];
    for (let from = 0; from < work.length; from += AT_ONCE) {
      const links = work.slice(from, from + AT_ONCE);
      const next = await Promise.all(links.map((link) => this.link(link.node, link.reference)));
      found.push(...next.filter((node) => node !== undefined));
    }
    return found;
  }

  /** @returns the node behind it when it was met for the first time */
  private async link(node: Node, reference: Reference): Promise<Node | undefined> {
    if (this.links >= MAX_LINKS) {
      node.targets.set(reference.text, 'too_large');
      return undefined;
    }
    this.links += 1;
    const answer = await this.lookup(reference, node.place);
    if (answer.status !== 'found') {
      node.targets.set(reference.text, answer.status);
      return undefined;
    }
    const { node: target, isNew } = this.add(answer);
    node.targets.set(reference.text, target);
    return isNew ? target : undefined;
  }
}
