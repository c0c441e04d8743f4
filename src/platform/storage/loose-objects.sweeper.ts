import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work.js';
import { PeriodicWork } from '../leader/periodic-work.js';
import { LooseObjectsRepository, type TakenObject } from './loose-objects.repository.js';
import { ObjectStore } from './object-store.js';

/** Most objects of one round, and rounds of one run. */
const BATCH = 200;
const ROUNDS = 50;
/** Deletions under way at a time. */
const PARALLEL = 8;
/** What a sweep has taken, and not finished, another takes after this time, in seconds. */
const RETRY_SECONDS = 60;

/**
 * Deletes objects that no file refers to. Each is doomed in a transaction first, so that no file can get it, then
 * deleted, then struck out: a crash between leaves it to a later run. An object whose writer fell silent is looked at
 * once more after a while: the writer may have been slow, not dead, and its last bytes late.
 */
@Injectable()
export class LooseObjectsSweeper extends PeriodicWork {
  readonly name = 'loose_objects.sweep';
  readonly everyMs = 5_000;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: LooseObjectsRepository,
    private readonly store: ObjectStore,
  ) {
    super();
  }

  /** @throws AppError STORAGE_UNAVAILABLE when some objects could not be deleted, after trying all */
  async run(signal: AbortSignal): Promise<void> {
    for (let round = 0; round < ROUNDS && !signal.aborted; round++) {
      const taken = await this.unitOfWork.run((tx) => this.repository.take(BATCH, RETRY_SECONDS, tx));
      await this.remove(taken);
      if (taken.length < BATCH) return;
    }
  }

  private async remove(taken: readonly TakenObject[]): Promise<void> {
    const finished: string[] = [];
    const failures: unknown[] = [];
    const queue = [...taken];
    const work = async (): Promise<void> => {
      for (let next = queue.pop(); next; next = queue.pop()) {
        try {
          await this.store.delete(next.key);
          if (next.wasDoomed) finished.push(next.key);
        } catch (error) {
          failures.push(error);
        }
      }
    };
    await Promise.all(Array.from({ length: PARALLEL }, work));
    if (finished.length > 0) await this.unitOfWork.run((tx) => this.repository.delete(finished, tx));
    if (failures.length > 0) throw failures[0];
  }
}
