import { detectDelimiter } from '../../structure/csv-dialect.js';
import { quoteWhereNeeded } from '../../structure/csv-document.js';
import { isHeader } from '../../structure/csv-header.js';
import { type CsvCell, CsvScanner } from '../../structure/csv-scanner.js';
import {
  ColumnIndex,
  type Columns,
  ROWS_PER_TURN,
  type Rows,
  type Table,
  type TableEdit,
  type Values,
} from './table.js';

const HEADER_SAMPLE = 20;

type Place = Pick<CsvCell, 'start' | 'end'>;
type Places = readonly (readonly Place[])[];

/**
 * Reads CSV text as a table. The first record names the columns when it holds one of the names that the caller has given, or
 * looks like a header; otherwise columns are named by their index. Cells beyond the header are too.
 * @throws EngineInputError INVALID_CSV; StatisticsError NOT_A_TABLE
 */
export function* readCsvTable(text: string, named: ReadonlySet<string>): Generator<void, Table> {
  const delimiter = detectDelimiter(text);
  const records: string[][] = [];
  const places: Place[][] = [];
  for (const { record, text: cell, start, end } of new CsvScanner(text, delimiter).cells()) {
    if (records.length <= record) {
      records.push([]);
      places.push([]);
      if (record % ROWS_PER_TURN === 0) yield;
    }
    records[record]?.push(cell);
    places[record]?.push({ start, end });
  }
  const [first = []] = records;
  const hasHeader =
    first.some((name) => named.has(name)) || isHeader(first, records.slice(1, HEADER_SAMPLE + 1));
  const index = new ColumnIndex();
  if (hasHeader) nameColumns(first, index);
  const widest = records.reduce((most, { length }) => Math.max(most, length), 0);
  for (let column = index.columns.length; column < widest; column++) index.of(...freeName(column, index));
  const skipped = hasHeader ? 1 : 0;
  return new CsvTable(text, delimiter, index.columns, records.slice(skipped), places.slice(skipped));
}

function nameColumns(names: readonly string[], index: ColumnIndex): void {
  const met = new Map<string, number>();
  for (const name of names) {
    const occurrence = met.get(name) ?? 0;
    met.set(name, occurrence + 1);
    index.of(name, occurrence);
  }
}

/** The column's index as its name, as a further occurrence where a header has that name already. */
function freeName(column: number, { columns }: ColumnIndex): [string, number] {
  const name = String(column);
  return [name, columns.filter((other) => other.name === name).length];
}

class CsvTable implements Table {
  constructor(
    private readonly text: string,
    private readonly delimiter: string,
    readonly columns: Columns,
    readonly rows: Rows,
    private readonly places: Places,
  ) {}

  raw(row: number, column: number): string {
    const place = this.places[row]?.[column];
    return place ? this.text.slice(place.start, place.end) : '';
  }

  *rewrite({ keeps, replacement }: TableEdit): Generator<void, string> {
    const pieces: string[] = [];
    let copied = 0;
    for (const [row, places] of this.places.entries()) {
      if (row % ROWS_PER_TURN === 0) yield;
      if (!keeps(row)) {
        pieces.push(this.text.slice(copied, places[0]?.start));
        copied = this.places[row + 1]?.[0]?.start ?? this.text.length;
        continue;
      }
      for (const [column, { start, end }] of places.entries()) {
        const content = replacement(row, column);
        if (content === undefined) continue;
        pieces.push(this.text.slice(copied, start), quoteWhereNeeded(content, false, this.delimiter));
        copied = end;
      }
    }
    return pieces.join('') + this.text.slice(copied);
  }

  write(names: readonly string[], rows: Values): string {
    const line = (values: readonly (string | number | null)[]): string =>
      values
        .map((value) => (value === null ? '' : quoteWhereNeeded(String(value), false, this.delimiter)))
        .join(this.delimiter);
    return `${[names, ...rows].map(line).join('\n')}\n`;
  }
}
