import { REMOVED_KINDS, type RedactionReport, type RemovedKind } from './redaction-report.js';

/** Counts what goes beside the text. */
export class RemovedTally {
  readonly #counts = new Map<RemovedKind, number>();

  add(kind: RemovedKind | undefined, count = 1): void {
    if (kind !== undefined && count > 0) this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + count);
  }

  /** In the order of {@link REMOVED_KINDS}. */
  counts(): RedactionReport['removed'] {
    return REMOVED_KINDS.flatMap((kind) => {
      const count = this.#counts.get(kind);
      return count === undefined ? [] : [{ kind, count }];
    });
  }
}
