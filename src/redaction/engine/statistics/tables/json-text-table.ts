import { JsonScanner, type TextEvent } from '../../structure/json-scanner.js';
import { notATable } from '../statistics-error.js';
import { objectsOf } from './json-value-table.js';
import {
  ColumnIndex,
  type Columns,
  ROWS_PER_TURN,
  type Rows,
  type Table,
  type TableEdit,
  type Values,
} from './table.js';

/** A cell's place, in UTF-16 code units of the text. */
interface Place {
  readonly column: number;
  readonly start: number;
  readonly end: number;
}

interface Item {
  readonly start: number;
  end: number;
  readonly cells: Place[];
  readonly met: Map<string, number>;
}

type Items = readonly Item[];

/**
 * Reads JSON text that is an array of flat objects. A key that an object has twice is two columns of one name.
 * @throws EngineInputError INVALID_JSON, TOO_DEEP; StatisticsError NOT_A_TABLE
 */
export function* readJsonTextTable(text: string): Generator<void, Table> {
  const reader = new ItemReader(text);
  let events = 0;
  for (const event of new JsonScanner(text).events()) {
    reader.add(event);
    if (++events % (ROWS_PER_TURN * 10) === 0) yield;
  }
  return new JsonTextTable(text, reader.index.columns, reader.rows, reader.items);
}

class ItemReader {
  readonly index = new ColumnIndex();
  readonly rows: (string | undefined)[][] = [];
  readonly items: Item[] = [];
  #key: TextEvent | undefined;
  #inArray = false;
  #inItem = false;

  constructor(private readonly text: string) {}

  add(event: TextEvent): void {
    if (!this.#inArray) this.#begin(event);
    else if (!this.#inItem) this.#between(event);
    else if (event.kind === 'key') this.#key = event;
    else if (event.kind === 'close') this.#end(event);
    else this.#cell(event);
  }

  #begin({ kind }: TextEvent): void {
    if (kind !== 'array') throw notATable('it is a single value, not an array');
    this.#inArray = true;
  }

  #between({ kind, start, end }: TextEvent): void {
    if (kind === 'close') return;
    if (kind !== 'object') throw notATable('not every item of the array is an object');
    this.#inItem = true;
    this.items.push({ start, end, cells: [], met: new Map() });
    this.rows.push([]);
  }

  #end({ end }: TextEvent): void {
    const item = this.items.at(-1);
    if (item) item.end = end;
    this.#inItem = false;
  }

  #cell(event: TextEvent): void {
    const item = this.items.at(-1);
    const key = this.#key;
    if (!item || !key) return;
    if (event.kind === 'object' || event.kind === 'array')
      throw notATable('its objects hold objects or arrays');
    const occurrence = item.met.get(key.text) ?? 0;
    item.met.set(key.text, occurrence + 1);
    const column = this.index.of(key.text, occurrence);
    const { start, end } = event.kind === 'literal' ? this.#literalAfter(key) : event;
    item.cells.push({ column, start, end });
    const literal = this.text.slice(start, end);
    const text = event.kind === 'literal' ? (literal === 'null' ? '' : literal) : event.text;
    const row = this.rows.at(-1);
    if (row) row[column] = text;
  }

  /** The reader of JSON gives literals no place. */
  #literalAfter({ end }: TextEvent): { start: number; end: number } {
    const start = this.text.slice(end).search(/[tfn]/) + end;
    return { start, end: start + (this.text.charAt(start) === 'f' ? 5 : 4) };
  }
}

class JsonTextTable implements Table {
  constructor(
    private readonly text: string,
    readonly columns: Columns,
    readonly rows: Rows,
    private readonly items: Items,
  ) {}

  raw(row: number, column: number): string {
    const place = this.items[row]?.cells.find((cell) => cell.column === column);
    return place ? this.text.slice(place.start, place.end) : '';
  }

  *rewrite({ keeps, replacement }: TableEdit): Generator<void, string> {
    const { text, items } = this;
    const pieces = [text.slice(0, items[0]?.start)];
    let kept = 0;
    for (const [row, item] of items.entries()) {
      if (row % ROWS_PER_TURN === 0) yield;
      if (!keeps(row)) continue;
      if (kept++ > 0) pieces.push(text.slice(items[row - 1]?.end, item.start));
      let copied = item.start;
      for (const { column, start, end } of item.cells) {
        const content = replacement(row, column);
        if (content === undefined) continue;
        pieces.push(text.slice(copied, start), JSON.stringify(content));
        copied = end;
      }
      pieces.push(text.slice(copied, item.end));
    }
    const last = items.at(-1);
    return last ? pieces.join('') + text.slice(last.end) : text;
  }

  write(names: readonly string[], rows: Values): string {
    return JSON.stringify(objectsOf(names, rows));
  }
}
