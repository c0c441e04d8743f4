import { MAX_VALUE_BYTES } from '../variable.policy.js';
import type { Reference } from './reference.js';
import { MAX_DEPTH, type Node, ReferenceGraph } from './reference-graph.js';
import { orderOf, type ReferenceOrder } from './reference-order.js';
import type { Lookup, PlacedVariable, ReferenceProblem, Resolution, ResolvedVariable } from './resolution.js';

/** Bytes by which references may lengthen all values of one resolution together. */
export const MAX_GROWTH_BYTES = 1_048_576;
/** More of one value are not told. */
export const MAX_PROBLEMS = 100;

interface Resolved {
  readonly value: string;
  readonly bytes: number;
  /** References that follow one another from here. */
  readonly depth: number;
  readonly problems: Map<string, ReferenceProblem>;
}

/** Resolves values in an order in which each comes after those it needs. */
class Resolving {
  private readonly resolved = new Map<Node, Resolved>();
  private growth = 0;

  constructor(private readonly order: ReferenceOrder) {
    for (const node of order.nodes) this.resolved.set(node, this.resolve(node));
  }

  of(node: Node): ResolvedVariable {
    const { value = node.value, problems } = this.resolved.get(node) ?? {};
    return { place: node.place, key: node.key, value, problems: [...(problems?.values() ?? [])] };
  }

  private resolve(node: Node): Resolved {
    const problems = new Map<string, ReferenceProblem>();
    const parts: string[] = [];
    let position = 0;
    let bytes = Buffer.byteLength(node.value);
    const depth = this.depthOf(node);
    for (const marker of node.markers) {
      parts.push(node.value.slice(position, marker.start));
      position = marker.end;
      if ('dollars' in marker) {
        parts.push('$'.repeat(marker.dollars));
        bytes -= marker.end - marker.start - marker.dollars;
        continue;
      }
      const behind = this.behind(node, marker, bytes);
      if (typeof behind === 'string') note(problems, [{ reference: marker.text, reason: behind }]);
      else note(problems, behind.problems.values());
      parts.push(typeof behind === 'string' ? marker.text : behind.value);
      if (typeof behind !== 'string') bytes += this.grow(marker, behind);
    }
    parts.push(node.value.slice(position));
    return { value: parts.join(''), bytes, depth, problems };
  }

  /** As far as the values behind go, whether they could be put in or not, so that no order changes what is too deep. */
  private depthOf(node: Node): number {
    let depth = 0;
    for (const marker of node.markers) {
      if ('dollars' in marker) continue;
      const target = node.targets.get(marker.text) ?? 'depth';
      if (target === 'depth') return Number.POSITIVE_INFINITY;
      if (typeof target !== 'string' && !this.isCycle(node, target))
        depth = Math.max(depth, 1 + (this.resolved.get(target)?.depth ?? 0));
    }
    return depth;
  }

  private behind(node: Node, reference: Reference, bytes: number): Resolved | ReferenceProblem['reason'] {
    const target = node.targets.get(reference.text) ?? 'depth';
    if (typeof target === 'string') return target;
    const resolved = this.resolved.get(target);
    if (!resolved || this.isCycle(node, target)) return 'cycle';
    if (resolved.depth >= MAX_DEPTH) return 'depth';
    const growth = growthBy(reference, resolved);
    const fits = bytes + growth <= MAX_VALUE_BYTES && this.growth + growth <= MAX_GROWTH_BYTES;
    return growth <= 0 || fits ? resolved : 'too_large';
  }

  private isCycle(from: Node, to: Node) {
    return this.order.component.get(from) === this.order.component.get(to);
  }

  private grow(reference: Reference, resolved: Resolved): number {
    const growth = growthBy(reference, resolved);
    this.growth += Math.max(0, growth);
    return growth;
  }
}

const growthBy = ({ text }: Reference, { bytes }: Resolved) => bytes - Buffer.byteLength(text);

function note(problems: Map<string, ReferenceProblem>, more: Iterable<ReferenceProblem>) {
  for (const problem of more) {
    if (problems.size >= MAX_PROBLEMS) return;
    problems.set(`${problem.reason} ${problem.reference}`, problem);
  }
}

/**
 * Puts the values in place of the references that lead to them, and of the references in those values. What it says does not
 * depend on the order of the starts, sizes apart:
 * - a reference from which its own value is reached again is a `cycle`,
 * - one that begins a chain of more than `MAX_DEPTH` references is too deep (`depth`),
 * - one that would make its value longer than `MAX_VALUE_BYTES`, or all values by `MAX_GROWTH_BYTES` longer than they were, is
 *   `too_large`, and so is every one after `MAX_LINKS`; so nobody can make much out of little.
 * @param lookup asked once for each reference of a value; the resolution fails with what it throws
 */
export async function resolveReferences(
  start: readonly PlacedVariable[],
  lookup: Lookup,
): Promise<Resolution> {
  const starts = await new ReferenceGraph(lookup).follow(start);
  const resolving = new Resolving(orderOf(starts));
  return starts.map((node) => resolving.of(node));
}
