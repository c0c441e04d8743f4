import type { Value } from '../finding.js';
import { isHeader } from './csv-header.js';
import { CsvScanner } from './csv-scanner.js';
import { escapePointer } from './json-fields.js';
import { keyLabels } from './key-words.js';
import type { Column } from './structured-document.js';

const SAMPLE_RECORDS = 200;
const SAMPLE_LENGTH = 1024 * 1024;
const HEADER_SAMPLE = 20;

/** As many as the widest spreadsheets have; columns beyond have neither name nor vote. */
const MOST_COLUMNS = 16_384;

/** What the start of a table says about its columns. */
export interface CsvTable {
  readonly hasHeader: boolean;
  readonly columns: readonly CsvColumn[];
}

/** A column with the labels of its cells. */
export class CsvColumn implements Column {
  #votes: readonly string[] = [];

  /** @param segment the column's reference token in paths: its escaped name, or its index */
  constructor(
    readonly segment: string,
    private readonly labels: readonly string[],
    private readonly cells: readonly string[],
  ) {}

  get sample(): readonly Value[] {
    return this.cells.map((text) => ({ ...this.valueOf(text), isSample: true }));
  }

  /** A cell of the column, with what speaks for its content. */
  valueOf(text: string): Value {
    const { labels } = this;
    return this.#votes.length === 0 ? { text, labels } : { text, labels, votes: this.#votes };
  }

  addVote(type: string): void {
    this.#votes = [...this.#votes, type];
  }
}

/** Reads the first records (at most 200, within 1 MiB) for the header and a sample of each column. */
export function readTable(text: string, delimiter: string): CsvTable {
  const records: string[][] = [];
  for (const cell of new CsvScanner(text, delimiter, Math.min(text.length, SAMPLE_LENGTH)).cells()) {
    if (cell.record > SAMPLE_RECORDS) break;
    if (cell.column >= MOST_COLUMNS) continue;
    const record = records[cell.record];
    if (record === undefined) records[cell.record] = [cell.text];
    else record.push(cell.text);
  }
  const [first = [], ...rest] = records;
  const hasHeader = isHeader(first, rest.slice(0, HEADER_SAMPLE));
  const names = hasHeader ? first : [];
  return { hasHeader, columns: columnsOf(names, hasHeader ? rest : records) };
}

function columnsOf(names: readonly string[], records: readonly (readonly string[])[]): CsvColumn[] {
  const width = records.reduce((widest, record) => Math.max(widest, record.length), names.length);
  const samples: string[][] = Array.from({ length: width }, () => []);
  for (const record of records) {
    for (const [column, cell] of record.entries()) {
      if (cell !== '') samples[column]?.push(cell);
    }
  }
  const repeated = repeatedNames(names);
  return samples.map((cells, column) => {
    const name = names[column] ?? '';
    const named = name !== '' && !repeated.has(name);
    return new CsvColumn(named ? escapePointer(name) : String(column), keyLabels(name), cells);
  });
}

function repeatedNames(names: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  return new Set(names.filter((name) => seen.size === seen.add(name).size));
}
