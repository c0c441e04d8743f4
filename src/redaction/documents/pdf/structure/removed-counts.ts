import type { RemovedKind } from '../../redaction-report.js';

/** How much of what else carries personal data was removed, by kind. */
export class RemovedCounts {
  readonly #counts = new Map<RemovedKind, number>();

  add(kind: RemovedKind, count = 1): void {
    if (count > 0) this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + count);
  }

  of(kind: RemovedKind): number {
    return this.#counts.get(kind) ?? 0;
  }

  list(): { kind: RemovedKind; count: number }[] {
    return [...this.#counts].map(([kind, count]) => ({ kind, count }));
  }
}
