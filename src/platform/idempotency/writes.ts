import { Injectable } from '@nestjs/common';
import { Sealer } from '../audit/audit.writer.js';
import { type Tx, UnitOfWork } from '../database/unit-of-work.js';
import { sameDigest } from '../digest/sha256.js';
import { platformError } from '../errors/app-error.js';
import type { Caller } from '../http/request-context.js';
import { IdempotencyRepository } from './idempotency.repository.js';
import { type IdempotencySlot, slotOf } from './idempotency-key.js';
import { packAnswer, unpackAnswer } from './stored-answer.js';

interface WriteOptions<T> {
  /** A secret shown once: not stored, so that a replay has `<field>_withheld: true` in its place. */
  readonly withhold?: keyof T & string;
}

/**
 * Opens the transaction of a write. With an `Idempotency-Key` the answer is stored in that very transaction: either
 * effect and answer are both there or neither is, so a repetition gets the same answer and nothing happens twice,
 * across crashes too. Errors roll back and are not stored: the repetition tries again.
 */
@Injectable()
export class Writes {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: IdempotencyRepository,
    private readonly sealer: Sealer,
  ) {}

  /**
   * @param work does the effect and returns the answer's body, or nothing
   * @throws AppError IDEMPOTENCY_KEY_REUSED when the key was used for another request,
   *   IDEMPOTENCY_KEY_IN_FLIGHT when a request with it has not ended, and whatever `work` throws
   */
  run<T extends object | undefined>(
    caller: Caller,
    work: (tx: Tx) => Promise<T>,
    options: WriteOptions<NonNullable<T>> = {},
  ): Promise<T> {
    if (caller.idempotencyKey === undefined) return this.unitOfWork.run(work);
    const slot = slotOf(caller);
    return this.unitOfWork.run(async (tx) => {
      const sealed = await this.storedOrTaken(slot, tx);
      if (sealed) return this.replay<T>(caller, slot, sealed, tx);
      const answer = await work(tx);
      const kept = withhold(answer, options.withhold);
      const stored = packAnswer({ digest: caller.digest(), at: caller.answerTime(), body: kept });
      await this.repository.store(slot, await this.sealer.seal(placeOf(slot), stored, tx), tx);
      return answer;
    });
  }

  /** The stored answer, or nothing once the slot is this transaction's. Replays take no lock, so any number may run. */
  private async storedOrTaken(slot: IdempotencySlot, tx: Tx): Promise<Buffer | undefined> {
    const stored = await this.repository.find(slot, tx);
    if (stored) return stored;
    if (!(await this.repository.take(slot, tx))) {
      throw platformError('IDEMPOTENCY_KEY_IN_FLIGHT', { retryAfterSeconds: 1 });
    }
    // Whoever held the slot may have stored its answer since.
    return this.repository.find(slot, tx);
  }

  private async replay<T>(caller: Caller, slot: IdempotencySlot, sealed: Buffer, tx: Tx): Promise<T> {
    const { digest, at, body } = unpackAnswer(await this.sealer.open(placeOf(slot), sealed, tx));
    if (!sameDigest(digest, caller.digest())) {
      throw platformError('IDEMPOTENCY_KEY_REUSED', {
        details: { field: 'Idempotency-Key', constraint: 'unused' },
      });
    }
    caller.markReplayed(at);
    return body as T;
  }
}

const placeOf = ({ organizationId, userId, hash }: IdempotencySlot) => ({
  organizationId,
  table: 'idempotency_keys',
  id: `${userId}/${hash.toString('hex')}`,
  version: 1,
});

function withhold<T extends object | undefined>(answer: T, field: string | undefined): object | undefined {
  if (answer === undefined || field === undefined) return answer;
  const { [field]: _, ...rest } = answer as Record<string, unknown>;
  return { ...rest, [`${field}_withheld`]: true };
}
