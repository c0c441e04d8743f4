import type { JsonValue } from '../../structure/json-event.js';
import { notATable } from '../statistics-error.js';
import {
  ColumnIndex,
  type Columns,
  ROWS_PER_TURN,
  type Row,
  type Rows,
  type Table,
  type TableEdit,
  type Values,
} from './table.js';

type Item = Readonly<Record<string, JsonValue>>;
type Items = readonly Item[];

/**
 * Reads a parsed JSON array of flat objects; columns are all keys, in the order they are met.
 * @throws StatisticsError NOT_A_TABLE
 */
export function* readJsonValueTable(data: JsonValue): Generator<void, Table> {
  if (!Array.isArray(data)) throw notATable('it is a single value, not an array');
  const index = new ColumnIndex();
  const rows: Row[] = [];
  for (const item of data as readonly JsonValue[]) {
    if (!isObject(item)) throw notATable('not every item of the array is an object');
    const row: (string | undefined)[] = [];
    for (const [key, value] of Object.entries(item)) row[index.of(key)] = cellText(value);
    rows.push(row);
    if (rows.length % ROWS_PER_TURN === 0) yield;
  }
  return new JsonValueTable(data as readonly Item[], index.columns, rows);
}

const isObject = (value: JsonValue): value is Item =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function cellText(value: JsonValue): string {
  if (typeof value === 'object' && value !== null) throw notATable('its objects hold objects or arrays');
  return value === null ? '' : String(value);
}

/** Objects of a table by the names of its columns. */
export const objectsOf = (names: readonly string[], rows: Values): Record<string, string | number | null>[] =>
  rows.map((row) => Object.fromEntries(names.map((name, column) => [name, row[column] ?? null])));

class JsonValueTable implements Table {
  constructor(
    private readonly items: Items,
    readonly columns: Columns,
    readonly rows: Rows,
  ) {}

  raw(row: number, column: number): string {
    return JSON.stringify(this.items[row]?.[this.columns[column]?.name ?? '']) ?? '';
  }

  *rewrite({ keeps, replacement }: TableEdit): Generator<void, JsonValue> {
    const byName = new Map(this.columns.map(({ name }, column) => [name, column]));
    const kept: Item[] = [];
    for (const [row, item] of this.items.entries()) {
      if (row % ROWS_PER_TURN === 0) yield;
      if (!keeps(row)) continue;
      const entries = Object.entries(item).map(([name, value]): [string, JsonValue] => [
        name,
        replacement(row, byName.get(name) ?? -1) ?? value,
      ]);
      kept.push(Object.fromEntries(entries));
    }
    return kept;
  }

  write(names: readonly string[], rows: Values): JsonValue {
    return objectsOf(names, rows);
  }
}
