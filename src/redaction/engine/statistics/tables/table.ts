import type { JsonValue } from '../../structure/json-event.js';
import { notATable, StatisticsError } from '../statistics-error.js';

/** A column as its table names it. */
export interface TableColumn {
  readonly name: string;
  /** 0 unless columns before it have the same name. */
  readonly occurrence: number;
}

/** Texts of one row by column; undefined where the row has no such cell, which is not the same as an empty one. */
export type Row = readonly (string | undefined)[];

export type Rows = readonly Row[];
export type Columns = readonly TableColumn[];

/** Rows of a table that is to be written: a value for each name, null where there is none. */
export type Values = readonly (readonly (string | number | null)[])[];

/** Which rows stay, and what comes in place of cells; undefined leaves a cell as it is. */
export interface TableEdit {
  readonly keeps: (row: number) => boolean;
  readonly replacement: (row: number, column: number) => string | undefined;
}

/** A table taken out of a document, which can be put together again in its format. */
export interface Table {
  readonly columns: Columns;
  readonly rows: Rows;
  /** How a cell is spelled in the source: two cells of one text may differ in quotes or type. */
  raw(row: number, column: number): string;
  /** The document without some rows and with cells replaced; every other character stays. Yields where it may pause. */
  rewrite(edit: TableEdit): Generator<void, JsonValue>;
  /** Another table in the same format. */
  write(names: readonly string[], rows: Values): JsonValue;
}

/** Rows handled between two chances to give way. */
export const ROWS_PER_TURN = 500;

const MOST_COLUMNS = 1_000;

/** Columns in the order they are met. */
export class ColumnIndex {
  readonly columns: TableColumn[] = [];
  readonly #byName = new Map<string, number[]>();

  /** Index of the column that has this name for the `occurrence`th time; it is added when there is none. */
  of(name: string, occurrence = 0): number {
    const known = this.#byName.get(name) ?? [];
    const index = known[occurrence];
    if (index !== undefined) return index;
    if (this.columns.length === MOST_COLUMNS) throw notATable(`it has more than ${MOST_COLUMNS} columns`);
    this.#byName.set(name, [...known, this.columns.length]);
    return this.columns.push({ name, occurrence: known.length }) - 1;
  }
}

/** Indexes of all columns that bear the name. @throws StatisticsError COLUMN_UNKNOWN */
export function columnsNamed({ columns }: Pick<Table, 'columns'>, name: string, option: string): number[] {
  const found = columns.flatMap((column, index) => (column.name === name ? [index] : []));
  if (found.length > 0) return found;
  throw new StatisticsError(
    'COLUMN_UNKNOWN',
    `'privacy.${option}' names a column that the table does not have. Names are compared exactly; a CSV table without a header has the names 0, 1, 2 ….`,
    option,
  );
}
