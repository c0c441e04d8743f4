import { type AnalysisOptions, analyze, type Entity, type FindsIn, type Span } from '../analysis.js';
import type { Value } from '../finding.js';
import { escapePointer } from '../structure/json-fields.js';
import { keyLabels } from '../structure/key-words.js';
import type { Column, Field } from '../structure/structured-document.js';
import { notATable } from './statistics-error.js';
import type { Table } from './tables/table.js';

const SAMPLE_ROWS = 200;

/** A finding in a cell: the entity as clients know it, and where in the cell's text it stands. */
export interface CellFinding {
  readonly entity: Entity;
  readonly span: Span;
}

/** Findings by row and column. */
export class TableFindings {
  readonly #byCell = new Map<number, CellFinding[]>();

  constructor(private readonly width: number) {}

  add(field: number, finding: CellFinding): void {
    const known = this.#byCell.get(field);
    if (known) known.push(finding);
    else this.#byCell.set(field, [finding]);
  }

  at(row: number, column: number): readonly CellFinding[] {
    return this.#byCell.get(row * this.width + column) ?? [];
  }

  /** Findings that point at a person by themselves. */
  directAt(row: number, column: number): readonly CellFinding[] {
    return this.at(row, column).filter(isDirect);
  }
}

/** What many people share; whatever else is found points at one, or at one's property. */
const SHARED = new Set(
  'DATE_TIME DATE_OF_BIRTH AGE LOCATION NRP ORGANIZATION TITLE DE_PLZ UK_POSTCODE'.split(' '),
);
const POSTCODE = /^[A-Z\d][A-Z\d -]{1,9}$/i;

/** Points at one person by itself; a postcode alone is no address. */
const isDirectEntity = ({ type, text }: Entity): boolean =>
  !SHARED.has(type) && !(type === 'ADDRESS' && POSTCODE.test(text));

export const isDirect = ({ entity }: CellFinding): boolean => isDirectEntity(entity);

/**
 * Searches the cells of a table as those of any document: labelled with their column's name, and columns vote.
 * @throws as `analyze` does; StatisticsError NOT_A_TABLE when the names of columns are personal data themselves
 */
export function* findInTable(
  table: Table,
  detector: FindsIn,
  options: AnalysisOptions,
): Generator<void, TableFindings> {
  const names = table.columns.map(({ name }): Field => ({ value: { text: name, labels: [], isKey: true } }));
  const named = yield* analyze({ fields: () => names }, detector, options);
  if (named.entities.some(isDirectEntity))
    throw notATable('names of its columns look like personal data, so its first row may be no header');
  const columns = table.columns.map(({ name }, index) => new SearchedColumn(table, index, keyLabels(name)));
  const analysis = yield* analyze(
    { columns: () => columns, fields: () => fieldsOf(table, columns) },
    detector,
    options,
  );
  const findings = new TableFindings(table.columns.length);
  for (const [index, span] of analysis.spans.entries()) {
    const entity = analysis.entities[index];
    if (entity) findings.add(span.field, { entity, span });
  }
  return findings;
}

class SearchedColumn implements Column {
  readonly #votes: string[] = [];

  constructor(
    private readonly table: Table,
    private readonly index: number,
    private readonly labels: readonly string[],
  ) {}

  get sample() {
    return this.table.rows
      .slice(0, SAMPLE_ROWS)
      .flatMap((row) => (row[this.index] ? [this.valueOf(row[this.index] ?? '')] : []));
  }

  addVote(type: string): void {
    this.#votes.push(type);
  }

  valueOf(text: string): Value {
    return { text, labels: this.labels, ...(this.#votes.length > 0 && { votes: this.#votes }) };
  }
}

/** One field a cell, absent ones included, so that a field's index tells row and column. */
function* fieldsOf({ rows, columns }: Table, searched: readonly SearchedColumn[]): Generator<Field> {
  for (const [row, cells] of rows.entries()) {
    for (const [column, { name }] of columns.entries()) {
      const text = cells[column] ?? '';
      const value = searched[column]?.valueOf(text) ?? { text, labels: [] };
      yield { path: `/${row}/${escapePointer(name)}`, value };
    }
  }
}
