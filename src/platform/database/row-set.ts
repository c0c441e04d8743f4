/** A column of rows that are written together, its PostgreSQL type, and what it holds of one of the things they are made of. */
export type RowColumn<Thing> = readonly [name: string, type: string, of: (thing: Thing) => RowValue];

/** What a column may hold; an object or array goes into a column of type `jsonb`. */
export type RowValue = string | number | boolean | Date | Buffer | object | null | undefined;

/** Rows as one statement takes them. */
export interface RowSet<Thing> {
  /** Names of the columns, comma-separated. */
  readonly names: string;
  /** Stands in a FROM for the rows that parameter number `place` carries. */
  from(place: number): string;
  /** The parameter. */
  valueOf(things: readonly Thing[]): string;
}

/**
 * Rows in one parameter, however many there are and of how many columns: an array for each column costs several times as much
 * to put into text.
 */
export function rowSetOf<Thing>(columns: readonly RowColumn<Thing>[]): RowSet<Thing> {
  const names = columns.map(([name]) => name).join(', ');
  const typed = columns.map(([name, type]) => `${name} ${type}`).join(', ');
  const rowOf = (thing: Thing): Record<string, unknown> => {
    const row: Record<string, unknown> = {};
    for (const [name, , of] of columns) row[name] = written(of(thing));
    return row;
  };
  return {
    names,
    from: (place) => `jsonb_to_recordset($${place}::jsonb) AS given (${typed})`,
    valueOf: (things) => JSON.stringify(things.map(rowOf)),
  };
}

/** As PostgreSQL reads it. Of texts, what no column can hold is left out, so that nobody's text spoils the others' rows. */
function written(value: RowValue): unknown {
  if (typeof value === 'string') return storable(value);
  if (Buffer.isBuffer(value)) return `\\x${value.toString('hex')}`;
  return value;
}

const storable = (text: string): string =>
  text.includes('\0') || !text.isWellFormed() ? text.toWellFormed().replaceAll('\0', '') : text;
