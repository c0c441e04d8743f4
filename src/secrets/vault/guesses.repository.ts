import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';

/** Whose guesses are counted. */
export interface Guesser {
  readonly organizationId: string;
  readonly userId: string;
}

/** What a user has guessed since their hour began. */
export interface CountedGuesses {
  readonly count: number;
  /** Until the hour ends; at least one. */
  readonly secondsLeft: number;
}

/** Beyond any limit, and far from the largest integer. */
const MOST_COUNTED = 1_000_000;

/** An hour begins with its first guess. */
const ADD = `
  INSERT INTO vault_guesses AS g (organization_id, user_id, count, since)
  VALUES ($1, $2, $3, clock_timestamp())
  ON CONFLICT (organization_id, user_id) DO UPDATE SET
    (count, since) = (
      SELECT CASE WHEN h.goes_on THEN least(g.count + excluded.count, ${MOST_COUNTED}) ELSE excluded.count END,
             CASE WHEN h.goes_on THEN g.since ELSE excluded.since END
        FROM (SELECT g.since > excluded.since - interval '1 hour' AS goes_on) h)
  RETURNING count,
            greatest(1, ceil(extract(epoch FROM since + interval '1 hour' - clock_timestamp())))::int AS "secondsLeft"`;

/** Counts of near guesses: one row a user and organization, shared by all processes. */
@Injectable()
export class GuessesRepository {
  /** Adds guesses to those of the hour. */
  async add({ organizationId, userId }: Guesser, guesses: number, tx: Tx): Promise<CountedGuesses> {
    const [row] = await tx.query(ADD, [organizationId, userId, guesses]);
    return row;
  }
}
