import type { Node } from './reference-graph.js';

interface Visit {
  readonly node: Node;
  readonly next: Iterator<Node>;
}

/** Nodes that lead to one another have the same number; whatever a node leads to comes before it. */
export interface ReferenceOrder {
  readonly nodes: Node[];
  readonly component: Map<Node, number>;
}

function* nodesBehind({ targets }: Node): Generator<Node> {
  for (const target of targets.values()) if (typeof target !== 'string') yield target;
}

/** Tarjan's strongly connected components (1972), with a list in place of recursion. */
class Ordering implements ReferenceOrder {
  readonly nodes: Node[] = [];
  readonly component = new Map<Node, number>();
  private readonly index = new Map<Node, number>();
  private readonly low = new Map<Node, number>();
  private readonly open: Node[] = [];
  private components = 0;

  visit(start: Node) {
    if (this.index.has(start)) return;
    const path = [this.enter(start)];
    for (let visit = path.at(-1); visit; visit = path.at(-1)) {
      const { value: behind, done } = visit.next.next();
      if (done) this.leave(visit.node, path.splice(-1, 1) && path.at(-1)?.node);
      else if (!this.index.has(behind)) path.push(this.enter(behind));
      else if (!this.component.has(behind)) this.lower(visit.node, this.index.get(behind));
    }
  }

  private enter(node: Node): Visit {
    this.index.set(node, this.index.size);
    this.low.set(node, this.index.size - 1);
    this.open.push(node);
    return { node, next: nodesBehind(node) };
  }

  private lower(node: Node, to = Number.POSITIVE_INFINITY) {
    this.low.set(node, Math.min(this.low.get(node) ?? to, to));
  }

  private leave(node: Node, parent: Node | undefined) {
    if (parent) this.lower(parent, this.low.get(node));
    if (this.low.get(node) !== this.index.get(node)) return;
    for (const member of this.open.splice(this.open.indexOf(node))) {
      this.component.set(member, this.components);
      this.nodes.push(member);
    }
    this.components += 1;
  }
}

/** The nodes that the starts lead to, each after all it leads to, cycles apart. */
export function orderOf(starts: readonly Node[]): ReferenceOrder {
  const ordering = new Ordering();
  for (const start of starts) ordering.visit(start);
  return ordering;
}
