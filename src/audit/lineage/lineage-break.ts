import type { parseCheckpoint } from '../log/checkpoint.js';

type ParsedCheckpoint = NonNullable<ReturnType<typeof parseCheckpoint>>;

/** That the database does not go on from a checkpoint outside of it. */
export interface Break {
  /** It has nothing yet, less than there was, or something else. */
  readonly kind: 'empty' | 'older' | 'other';
  /** Where the checkpoint lies. */
  readonly place: string;
  readonly note: string;
  readonly checkpoint: ParsedCheckpoint;
  /** Leaves of the instance's log in the database. */
  readonly size: number;
}

/** What stands for this case and no other: the first 16 hexadecimal digits of the checkpoint's root. */
export const codeOfBreak = ({ checkpoint }: Pick<Break, 'checkpoint'>): string =>
  checkpoint.root.toString('hex').slice(0, 16);

const WHAT = {
  empty: (): string => 'The database is empty, although this installation had one before.',
  older: ({ checkpoint, size }: Break): string =>
    `The database was restored from an older copy: its audit log has ${size} entries of ${checkpoint.size}.`,
  other: ({ checkpoint }: Break): string =>
    `The database has another history: its audit log is not the one that had ${checkpoint.size} entries.`,
};

/** What a refused start says. */
export const refusalOf = (found: Break): string =>
  [
    WHAT[found.kind](found),
    `That is what ${found.place} says, which lies outside of it (log ${found.checkpoint.origin}).`,
    '',
    'What happened since then would be forgotten: who did what, and what was erased or revoked. So Redoubt does not start.',
    ' - If this is the wrong database, bucket or data folder, set the right one and start again.',
    ' - If there is a newer copy of the database, restore that one.',
    ' - If you know that it was restored and have no newer one, start once with',
    `     REDOUBT_ACCEPT_RESTORED=${codeOfBreak(found)}`,
    '   which holds for this case alone and is entered in the audit log (audit_log.restored). See docs/audit.md.',
  ].join('\n');
