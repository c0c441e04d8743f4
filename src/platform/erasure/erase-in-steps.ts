import type { Tx, UnitOfWork } from '../database/unit-of-work.js';
import type { ErasureRun } from './erasable-contents.js';

/** Rows that go in one transaction. */
const AT_A_TIME = 500;

/** One kind of rows that a person left, and how they go. */
export interface ErasedRows {
  /** In the plural: `receipts`. */
  readonly kind: string;
  count(db: Tx): Promise<number>;
  /** @returns how many went; fewer than `limit` when none are left */
  eraseSome(limit: number, tx: Tx): Promise<number>;
}

/** Erases rows in short transactions, each counted where it happens; a rehearsal counts them alone. */
export async function eraseInSteps(
  { kind, count, eraseSome }: ErasedRows,
  run: ErasureRun,
  unitOfWork: UnitOfWork,
  db: Tx,
): Promise<void> {
  if (run.isRehearsal) return run.note(kind, await count(db));
  for (let erased = AT_A_TIME; erased === AT_A_TIME; ) {
    run.signal.throwIfAborted();
    erased = await unitOfWork.run(async (tx) => {
      const some = await eraseSome(AT_A_TIME, tx);
      await run.note(kind, some, tx);
      return some;
    });
  }
}
