import * as Entries from '../log/log-entry.js';
import type { LeafEntry } from '../proofs/log-leaves.repository.js';

const OF_ROWS = [
  ...[
    'id',
    'number',
    'created_at',
    'action',
    'organization_id',
    'project_id',
    'actor_type',
    'actor_id',
    'user_id',
  ],
  ...['subject_user_id', 'target_type', 'target_id', 'request_id', 'counts', 'sealed_sha256'],
];
const OF_HEADS = ['organization_id', 'size', 'root'];

/** A spreadsheet takes such a text for a formula (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r]/;

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'object' ? Entries.entryText(value as never) : String(value);
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const columnsOf = (isInstance: boolean): readonly string[] => (isInstance ? OF_HEADS : OF_ROWS);

/** The first line of a CSV file (RFC 4180). */
export const csvHead = (isInstance: boolean): string =>
  `${['leaf', ...columnsOf(isInstance), 'leaf_hash'].join(',')}\r\n`;

export const csvRow = (isInstance: boolean, { leaf, hash, entry }: LeafEntry): string => {
  const fields: Readonly<Record<string, unknown>> = entry ?? {};
  const cells = columnsOf(isInstance).map((name) => cellOf(fields[name]));
  return `${[leaf, ...cells, hash.toString('hex')].join(',')}\r\n`;
};
