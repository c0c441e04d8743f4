import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../database/unit-of-work.js';
import { PeriodicWork } from '../leader/periodic-work.js';

/** Subjects that one transaction forgets, so that none holds locks for long. */
const ROUND = 5_000;

/** Of subjects whose windows are all over nothing need be known; rows in use are skipped, so that nobody waits. */
const DELETE_OVER = `
  WITH clock AS MATERIALIZED (SELECT rate_limit_clock() AS now),
  over AS (SELECT subject FROM rate_limits, clock WHERE clock.now >= ALL (ends)
            LIMIT $1 FOR UPDATE OF rate_limits SKIP LOCKED)
  DELETE FROM rate_limits USING over WHERE rate_limits.subject = over.subject`;

/** Forgets what is no longer counted, and slots of processes that died. */
@Injectable()
export class RateLimitsSweeper extends PeriodicWork {
  readonly name = 'rate_limits.sweep';
  readonly everyMs = 600_000;

  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  async run(signal: AbortSignal): Promise<void> {
    await this.unitOfWork.run(deleteLapsedSlots);
    let deleted = ROUND;
    while (deleted === ROUND && !signal.aborted) deleted = await this.unitOfWork.run(deleteOverWindows);
  }
}

const deleteLapsedSlots = (tx: Tx): Promise<unknown> =>
  tx.query('DELETE FROM rate_limit_slots WHERE ends <= (SELECT rate_limit_clock())');

async function deleteOverWindows(tx: Tx): Promise<number> {
  const [, count] = await tx.query(DELETE_OVER, [ROUND]);
  return count;
}
