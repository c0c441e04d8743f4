import { type CsvError, parse } from 'csv-parse/sync';
import { User, UserNames } from '../../../accounts/index.js';
import { invalidField } from '../../../platform/errors/app-error.js';

/** Most people of one file. */
export const MAX_ROWS = 500;

const COLUMNS = ['email', 'name', 'role', 'department'] as const;
type Column = (typeof COLUMNS)[number];
const REQUIRED: readonly Column[] = ['email', 'name', 'role'];

export const ROW_ERRORS = [
  'duplicate_email',
  'invalid_email',
  'invalid_role',
  'missing_required_field',
  'invalid_field',
  'encoding_error',
] as const;

/** What is wrong with a row; never quotes it. */
export interface RowError {
  /** As spreadsheets count: the header is row 1. */
  readonly row: number;
  readonly field: Column | null;
  readonly code: (typeof ROW_ERRORS)[number];
  readonly message: string;
}

/** A row that names somebody. */
export interface PersonRow {
  readonly row: number;
  readonly person: User.NewPerson;
}

export interface UserSheet {
  readonly people: readonly PersonRow[];
  readonly errors: readonly RowError[];
}

const MAX_LENGTH: Readonly<Record<Column, number>> = {
  email: UserNames.MAX_EMAIL,
  name: UserNames.MAX_NAME,
  role: 20,
  department: 100,
};

const EMAIL = new RegExp(UserNames.EMAIL_PATTERN, 'u');
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const BOM = '\u00ef\u00bb\u00bf';

type Record_ = { readonly [Name in Column]?: string };

/**
 * Reads people from CSV (RFC 4180) with a header, separated by commas or semicolons. Bytes that are no UTF-8 spoil their row
 * alone.
 * @throws AppError VALIDATION_ERROR for what is no such file: its header, its quotes, or more than 500 rows
 */
export function readUserCsv(bytes: Buffer): UserSheet {
  // A character a byte, so that each row can be decoded by itself.
  const text = bytes.toString('latin1').replace(BOM, '');
  const [header = [], ...rows] = parseRows(text);
  const columns = columnsOf(header);
  if (rows.length > MAX_ROWS)
    throw invalidField(
      'file',
      'maxItems',
      `The file has ${rows.length} rows; at most ${MAX_ROWS} are allowed.`,
    );
  const people: PersonRow[] = [];
  const errors: RowError[] = [];
  for (const [index, cells] of rows.entries()) {
    const read = readRow(index + 2, columns, cells);
    if ('code' in read) errors.push(read);
    else people.push(read);
  }
  return { people, errors };
}

function parseRows(text: string): string[][] {
  const [first = ''] = text.split(/\r?\n/, 1);
  const delimiter = first.includes(';') && !first.includes(',') ? ';' : ',';
  try {
    return parse(text, { delimiter, relax_column_count: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    const { lines } = error as Partial<CsvError>;
    const where = typeof lines === 'number' ? ` near line ${lines}` : '';
    throw invalidField('file', 'format', `The file is no CSV: a quote is out of place${where}.`);
  }
}

function columnsOf(header: readonly string[]): readonly Column[] {
  const columns = header.map((name) => {
    const column = COLUMNS.find((known) => known === name.trim().toLowerCase());
    if (column) return column;
    const message = `The first row must name the columns, among: ${COLUMNS.join(', ')}.`;
    throw invalidField('file', 'unknown', message, COLUMNS);
  });
  const missing = REQUIRED.filter((name) => !columns.includes(name));
  if (missing.length > 0)
    throw invalidField(
      'file',
      'required',
      `The first row lacks the columns: ${missing.join(', ')}.`,
      COLUMNS,
    );
  if (new Set(columns).size < columns.length)
    throw invalidField('file', 'unique', 'The first row names a column twice.');
  return columns;
}

function readRow(row: number, columns: readonly Column[], cells: readonly string[]): PersonRow | RowError {
  const fail = (code: RowError['code'], field: Column | null, message: string): RowError => ({
    ...{ row, field, code, message },
  });
  const decoded = decode(cells);
  if (!decoded) return fail('encoding_error', null, 'The row is not valid UTF-8.');
  if (decoded.length > columns.length)
    return fail('invalid_field', null, 'The row has more cells than the header.');
  const record: Record_ = Object.fromEntries(
    columns.map((name, index) => [name, decoded[index]?.trim() ?? '']),
  );
  for (const name of REQUIRED)
    if (!record[name]) return fail('missing_required_field', name, `'${name}' is empty.`);
  for (const name of COLUMNS)
    if (!isText(record[name] ?? '', MAX_LENGTH[name]))
      return fail(
        name === 'email' ? 'invalid_email' : 'invalid_field',
        name,
        `'${name}' must have at most ${MAX_LENGTH[name]} characters, none of them a control character.`,
      );
  if (!EMAIL.test(record.email ?? ''))
    return fail('invalid_email', 'email', 'The e-mail address is not valid.');
  const role = User.SYSTEM_ROLES.find((name) => name === record.role?.toLowerCase());
  if (!role) return fail('invalid_role', 'role', `The role must be one of: ${User.SYSTEM_ROLES.join(', ')}.`);
  return { row, person: personOf(record, role) };
}

const personOf = (
  { email = '', name = '', department }: Record_,
  systemRole: User.SystemRole,
): User.NewPerson => ({
  ...User.splitName(name),
  email,
  systemRole,
  department: department || undefined,
});

function decode(cells: readonly string[]): string[] | undefined {
  try {
    return cells.map((cell) => utf8.decode(Buffer.from(cell, 'latin1')));
  } catch {
    return undefined;
  }
}

const isText = (text: string, longest: number): boolean => text.length <= longest && !/\p{Cc}/u.test(text);
