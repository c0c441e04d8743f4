import { Injectable } from '@nestjs/common';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { type AuditEntry, auditOf } from '../../platform/audit/audit-entry.js';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Requester } from '../../platform/http/request-context.js';
import { secretsError } from '../secrets.errors.js';
import { type CountedGuesses, type Guesser, GuessesRepository } from './guesses.repository.js';

/** Most near guesses of a user that are answered in an hour. */
const MOST_GUESSES = 20;

/** Of whom guesses are noted: what every entry of theirs says. */
export type GuessEntry = Guesser & Pick<AuditEntry, 'projectId' | 'actor' | 'requestId' | 'details'>;

/**
 * Limits how often somebody may try what the rest of a value is whose first half they know. The hour's first guess too many
 * leaves an entry in the audit log, and later ones of the hour none.
 */
@Injectable()
export class VaultGuesses {
  constructor(
    private readonly repository: GuessesRepository,
    private readonly audit: AuditWriter,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Notes the near guesses that a request held, before it is answered.
   * @throws AppError TOO_MANY_GUESSES; what was noted stays
   */
  async note(requester: Requester, guesses: number): Promise<void> {
    if (guesses === 0) return;
    const { count, secondsLeft } = await this.unitOfWork.run((tx) =>
      this.count(auditOf(requester), guesses, tx),
    );
    if (count > MOST_GUESSES) throw secretsError('TOO_MANY_GUESSES', { retryAfterSeconds: secondsLeft });
  }

  /** The same for work that answers nobody: it goes on. */
  async count(entry: GuessEntry, guesses: number, tx: Tx): Promise<CountedGuesses> {
    const counted = await this.repository.add(entry, guesses, tx);
    const { count } = counted;
    if (count > MOST_GUESSES && count - guesses <= MOST_GUESSES)
      await this.audit.append({ ...entry, action: 'vault.guessed', counts: { guesses: count } }, tx);
    return counted;
  }
}
