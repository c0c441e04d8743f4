import { Injectable } from '@nestjs/common';
import { PreparedPerson, UserAdmissions } from '../../../accounts/index.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { AppError } from '../../../platform/errors/app-error.js';
import type { Caller } from '../../../platform/http/request-context.js';
import { type OnboardedUser, UserOnboarding, type Workplace } from '../user-onboarding.service.js';
import type { RowError, UserSheet } from './user-csv.js';

/** A row that can become somebody. */
interface PreparedRow {
  readonly row: number;
  readonly person: PreparedPerson;
}

/** A file whose slow part is done. */
export interface PreparedImport {
  readonly rows: readonly PreparedRow[];
  readonly errors: readonly RowError[];
}

/** What became of each row. */
export interface ImportOutcome {
  readonly onboarded: readonly (OnboardedUser & { readonly row: number })[];
  readonly errors: readonly RowError[];
}

const duplicate = (row: number): RowError => ({
  ...{ row, field: 'email', code: 'duplicate_email' },
  message: 'There is a user with this e-mail address already, or another row has it.',
});

/** Makes accounts of the people in a file: of those rows that can become somebody. */
@Injectable()
export class UserImportService {
  constructor(
    private readonly admissions: UserAdmissions,
    private readonly onboarding: UserOnboarding,
  ) {}

  /** Before the transaction. @throws AppError NOT_FOUND, PERMISSION_DENIED for a place the caller does not administer */
  async prepare(
    caller: Caller,
    { people, errors }: UserSheet,
    workplace: Workplace,
  ): Promise<PreparedImport> {
    this.onboarding.placeOf(caller, workplace);
    const reserved = new Set<string>();
    const prepared: PreparedRow[] = [];
    for (const { row, person } of people)
      prepared.push({ row, person: await this.admissions.prepare(person, reserved) });
    const seen = await this.admissions.findTaken(prepared.map(({ person }) => person));
    const rows: PreparedRow[] = [];
    const doubles: RowError[] = [];
    for (const each of prepared) {
      const email = each.person.emailLookup.toString('hex');
      if (seen.has(email)) doubles.push(duplicate(each.row));
      else rows.push(each);
      seen.add(email);
    }
    return { rows, errors: [...errors, ...doubles] };
  }

  /** All of them in one transaction, so that a repetition of the request can be told what happened. */
  async importUsers(
    caller: Caller,
    { rows, errors }: PreparedImport,
    workplace: Workplace,
    tx: Tx,
  ): Promise<ImportOutcome> {
    const onboarded: (OnboardedUser & { row: number })[] = [];
    const late: RowError[] = [];
    for (const { row, person } of rows) {
      try {
        onboarded.push({ row, ...(await this.onboarding.onboard(caller, person, workplace, tx)) });
      } catch (error) {
        // Somebody else was faster by a moment; nothing of the row was written.
        if (!(error instanceof AppError) || !/^(?:EMAIL|USERNAME)_TAKEN$/.test(error.code)) throw error;
        late.push(duplicate(row));
      }
    }
    return { onboarded, errors: [...errors, ...late].sort((a, b) => a.row - b.row) };
  }
}
