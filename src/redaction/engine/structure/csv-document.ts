import type { Value } from '../finding.js';
import { detectDelimiter } from './csv-dialect.js';
import { type CsvCell, CsvScanner } from './csv-scanner.js';
import { type CsvColumn, type CsvTable, readTable } from './csv-table.js';
import { EVENTS_PER_TURN } from './json-event.js';
import { MemberNames } from './member-names.js';
import type { Column, Field, StructuredDocument } from './structured-document.js';

/**
 * CSV text. Every cell is a field, labelled with its header's words; paths are `/<data row from 0>/<header name>`, with the
 * column's index where there is no unambiguous name. Header cells are fields with part `key` and path `/<column>`, without
 * labels. Only replaced cells change, and they get quotes only when they need them.
 */
export class CsvDocument implements StructuredDocument<string> {
  readonly #delimiter: string;
  #table: CsvTable | undefined;

  constructor(private readonly text: string) {
    this.#delimiter = detectDelimiter(text);
  }

  columns(): Iterable<Column> {
    return this.#layout().columns;
  }

  *fields(): Generator<Field> {
    const table = this.#layout();
    for (const cell of this.#cells()) yield fieldOf(cell, table);
  }

  *rewrite(replace: (field: Field, index: number) => string | undefined): Generator<void, string> {
    const table = this.#layout();
    const headers = new HeaderNames(table.hasHeader ? this.#firstRecord() : []);
    const pieces: string[] = [];
    let copied = 0;
    let index = 0;
    for (const cell of this.#cells()) {
      const field = fieldOf(cell, table);
      const replacement = replace(field, index++);
      if (replacement !== undefined && replacement !== cell.text) {
        const content = field.part === 'key' ? headers.free(cell.text, replacement) : replacement;
        pieces.push(
          this.text.slice(copied, cell.start),
          quoteWhereNeeded(content, cell.quoted, this.#delimiter),
        );
        copied = cell.end;
      }
      if (index % EVENTS_PER_TURN === 0) yield;
    }
    return pieces.length === 0 ? this.text : pieces.join('') + this.text.slice(copied);
  }

  #cells(): Generator<CsvCell, undefined> {
    return new CsvScanner(this.text, this.#delimiter).cells();
  }

  #layout(): CsvTable {
    this.#table ??= readTable(this.text, this.#delimiter);
    return this.#table;
  }

  #firstRecord(): string[] {
    const texts: string[] = [];
    for (const cell of this.#cells()) {
      if (cell.record > 0) break;
      texts.push(cell.text);
    }
    return texts;
  }
}

class CsvField implements Field {
  constructor(
    readonly value: Value,
    private readonly row: number,
    private readonly segment: string,
  ) {}

  get path(): string {
    return `/${this.row}/${this.segment}`;
  }
}

class CsvHeaderField implements Field {
  readonly part = 'key';

  constructor(
    readonly value: Value,
    private readonly segment: string,
  ) {}

  get path(): string {
    return `/${this.segment}`;
  }
}

class HeaderNames {
  readonly #taken: Set<string>;
  readonly #names: MemberNames;
  readonly #renamed = new Map<string, string>();

  constructor(names: readonly string[]) {
    this.#taken = new Set(names);
    this.#names = new MemberNames((name) => this.#taken.has(name));
  }

  /** Columns that had one name have one name afterwards, so that tokens in a header come back as they were. */
  free(original: string, wanted: string): string {
    const known = this.#renamed.get(original);
    if (known !== undefined) return known;
    const name = this.#names.free(wanted);
    this.#taken.add(name);
    this.#renamed.set(original, name);
    return name;
  }
}

function fieldOf(cell: CsvCell, { hasHeader, columns }: CsvTable): Field {
  const column: CsvColumn | undefined = columns[cell.column];
  const segment = column?.segment ?? String(cell.column);
  if (hasHeader && cell.record === 0) return new CsvHeaderField({ text: cell.text, labels: [] }, segment);
  const row = hasHeader ? cell.record - 1 : cell.record;
  const value = column?.valueOf(cell.text) ?? { text: cell.text, labels: [] };
  return new CsvField(value, row, segment);
}

/** An empty content is quoted too: alone on its line it would not be a record otherwise. */
export function quoteWhereNeeded(content: string, wasQuoted: boolean, delimiter: string): string {
  const needed = wasQuoted || content === '' || content.includes(delimiter) || /["\r\n]/.test(content);
  return needed ? `"${content.split('"').join('""')}"` : content;
}
