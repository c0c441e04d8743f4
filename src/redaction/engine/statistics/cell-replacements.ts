import type { Entity } from '../analysis.js';
import { createOperator } from '../operators/create-operator.js';
import type { RedactionOptions } from '../operators/redaction.js';
import type { ProtectedEntity } from '../protection.js';
import { splice } from '../splice.js';
import type { ClassifiedColumn } from './classified-columns.js';
import type { Grouping } from './grouping.js';
import { ANY } from './quasi-column.js';
import { type CellFinding, isDirect, type TableFindings } from './table-findings.js';
import { ROWS_PER_TURN, type Table, type TableEdit } from './tables/table.js';

const METHOD = 'k_anonymity';

/** What comes in place of the cells of a table, and which rows stay. */
export class CellReplacements {
  readonly #byRow: Map<number, string>[];
  readonly #kept = new Set<number>();

  constructor(
    readonly table: Table,
    private readonly columns: readonly ClassifiedColumn[],
    private readonly findings: TableFindings,
    private readonly redaction: RedactionOptions,
  ) {
    this.#byRow = table.rows.map(() => new Map());
  }

  get edit(): TableEdit {
    return {
      keeps: (row) => this.#kept.has(row),
      replacement: (row, column) => this.#byRow[row]?.get(column),
    };
  }

  /** A cell's text as it stands now. */
  textAt(row: number, column: number): string {
    return this.#byRow[row]?.get(column) ?? this.table.rows[row]?.[column] ?? '';
  }

  /** Takes direct identifiers out: whole columns of them, and single ones elsewhere. */
  *redact(): Generator<void, void> {
    const operator = createOperator('redaction', this.redaction);
    for (const row of this.table.rows.keys()) {
      if (row % ROWS_PER_TURN === 0) yield;
      for (const { index, role } of this.columns) {
        const text = this.table.rows[row]?.[index];
        if (text === undefined) continue;
        if (role === 'identifier') this.#replace(row, index, ANY);
        const found = this.findings.directAt(row, index);
        if (role === 'identifier' || found.length === 0) continue;
        if (role === 'quasi_identifier') {
          // Names of places are taken for names of people too often; a generalization covers them.
          if (found.some(({ entity }) => entity.type !== 'PERSON')) this.#replace(row, index, '');
          continue;
        }
        const patches = found.map(({ entity, span }) => ({ ...span, text: operator.replace(entity).text }));
        this.#replace(row, index, splice(text, patches));
      }
    }
  }

  /** Describes the quasi-identifiers of each class alike, and notes its rows as kept. */
  *generalize({ classes, columns }: Grouping): Generator<void, void> {
    const quasi = this.columns.filter(({ role }) => role === 'quasi_identifier');
    for (const [index, rows] of classes.entries()) {
      if (index % 20 === 0) yield;
      for (const row of rows) this.#kept.add(row);
      for (const [at, { index: column }] of quasi.entries()) {
        const [first = 0] = rows;
        if (this.table.rows[first]?.[column] === undefined || this.#areSpelledAlike(rows, column)) continue;
        const description = columns[at]?.describe(rows) ?? ANY;
        for (const row of rows) this.#replace(row, column, description);
      }
    }
  }

  /** What is released of a row's quasi-identifiers. */
  descriptionOf(row: number): string {
    const quasi = this.columns.filter(({ role }) => role === 'quasi_identifier');
    const cells = this.table.rows[row];
    return JSON.stringify(
      quasi.map(({ index }) =>
        cells?.[index] === undefined
          ? null
          : [this.textAt(row, index), this.#isChanged(row, index) || this.table.raw(row, index)],
      ),
    );
  }

  /** Findings in cells that were changed or left out, and findings in cells that were not. */
  *outcomes(): Generator<void, { entities: ProtectedEntity[]; left: Entity[] }> {
    const entities: ProtectedEntity[] = [];
    const left: Entity[] = [];
    for (const row of this.table.rows.keys()) {
      if (row % ROWS_PER_TURN === 0) yield;
      for (const { index } of this.columns) {
        for (const finding of this.findings.at(row, index)) this.#note(row, index, finding, entities, left);
      }
    }
    return { entities, left };
  }

  #note(
    row: number,
    column: number,
    finding: CellFinding,
    entities: ProtectedEntity[],
    left: Entity[],
  ): void {
    const { entity } = finding;
    const isOther = this.columns[column]?.role === 'sensitive' || this.columns[column]?.role === 'other';
    const isGone = !this.#kept.has(row) || (isOther ? isDirect(finding) : this.#isChanged(row, column));
    if (isGone) entities.push({ ...entity, replacement: '', method: METHOD });
    else left.push(entity);
  }

  #replace(row: number, column: number, text: string): void {
    this.#byRow[row]?.set(column, text);
  }

  #isChanged(row: number, column: number): boolean {
    return this.#byRow[row]?.has(column) ?? false;
  }

  /** One source spelling for all: a quote or a type that differs would tell rows of a class apart. */
  #areSpelledAlike(rows: readonly number[], column: number): boolean {
    const [first = 0] = rows;
    const spelling = this.table.raw(first, column);
    return rows.every((row) => !this.#isChanged(row, column) && this.table.raw(row, column) === spelling);
  }
}
