import { type ColumnKind, type ColumnReading, isMissing, readColumn } from './cell-values.js';
import { type ColumnRole, inferRole, isPostal } from './column-roles.js';
import { StatisticsError } from './statistics-error.js';
import type { TableFindings } from './table-findings.js';
import { columnsNamed, type Table } from './tables/table.js';

/** A column as a release treats it. */
export interface ClassifiedColumn {
  readonly index: number;
  readonly name: string;
  readonly role: ColumnRole;
  readonly kind: ColumnKind;
  /** The role comes from the column's name and content, not from the caller. */
  readonly inferred: boolean;
  /** Looks like a quasi-identifier, but the caller named others and not this: released as it is. */
  readonly uncovered: boolean;
  readonly reading: ColumnReading;
}

/** Roles that a caller has given, by the names of columns. */
export interface GivenRoles {
  readonly quasiIdentifiers?: readonly string[];
  readonly sensitive: readonly string[];
}

/**
 * What each column is. Given roles hold; the rest is inferred.
 * @throws StatisticsError COLUMN_UNKNOWN; TABLE_UNSUITABLE when nothing is quasi-identifying, or a column is given two roles
 */
export function* classifyColumns(
  table: Table,
  findings: TableFindings,
  given: GivenRoles,
): Generator<void, ClassifiedColumn[]> {
  const roles = givenRoles(table, given);
  const isComplete = given.quasiIdentifiers !== undefined;
  const columns: ClassifiedColumn[] = [];
  for (const [index, { name }] of table.columns.entries()) {
    yield;
    const texts = table.rows.map((row) => row[index] ?? '');
    const reading = readColumn(texts, isPostal(name));
    const role = roles.get(index);
    const inferred = role ?? inferRole(name, reading.kind, identifiedShare(table, findings, index));
    const uncovered = inferred === 'quasi_identifier' && role === undefined && isComplete;
    columns.push({
      ...{ index, name, kind: reading.kind, reading, uncovered },
      role: uncovered ? 'other' : inferred,
      inferred: role === undefined,
    });
  }
  if (columns.some(({ role }) => role === 'quasi_identifier')) return columns;
  throw new StatisticsError(
    'TABLE_UNSUITABLE',
    "No column looks like a quasi-identifier. Name those that others could know of a person in 'privacy.quasi_identifiers'.",
    'quasi_identifiers',
  );
}

function givenRoles(table: Table, { quasiIdentifiers = [], sensitive }: GivenRoles): Map<number, ColumnRole> {
  const roles = new Map<number, ColumnRole>();
  for (const name of quasiIdentifiers) {
    for (const index of columnsNamed(table, name, 'quasi_identifiers')) roles.set(index, 'quasi_identifier');
  }
  for (const name of sensitive) {
    for (const index of columnsNamed(table, name, 'sensitive')) {
      if (roles.get(index) === 'quasi_identifier')
        throw new StatisticsError(
          'TABLE_UNSUITABLE',
          "A column is named in both 'privacy.quasi_identifiers' and 'privacy.sensitive'. Name it in one.",
          'sensitive',
        );
      roles.set(index, 'sensitive');
    }
  }
  return roles;
}

/** Share of a column's cells that hold a direct identifier, missing ones apart. */
export function identifiedShare({ rows }: Table, findings: TableFindings, column: number): number {
  let present = 0;
  let identified = 0;
  for (const [row, cells] of rows.entries()) {
    if (isMissing(cells[column] ?? '')) continue;
    present++;
    if (findings.directAt(row, column).length > 0) identified++;
  }
  return present === 0 ? 0 : identified / present;
}
