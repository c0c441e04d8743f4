import type { AnalysisOptions, Entity, FindsIn } from '../analysis.js';
import type { RedactionOptions } from '../operators/redaction.js';
import type { ProtectedEntity } from '../protection.js';
import type { JsonValue } from '../structure/json-event.js';
import type { AnonymityOptions } from './anonymity-options.js';
import { CellReplacements } from './cell-replacements.js';
import { type ClassifiedColumn, classifyColumns } from './classified-columns.js';
import { equivalenceClasses } from './equivalence-classes.js';
import { certaintyPenalty } from './outliers.js';
import { releasedClasses } from './released-classes.js';
import { findInTable } from './table-findings.js';
import type { Table } from './tables/table.js';

export type ReportedColumn = Omit<ClassifiedColumn, 'index' | 'reading'>;

/** What was reached, and at what cost. */
export interface AnonymityReport {
  /** Rows of the smallest class that was released. */
  readonly k: number;
  /** Least distinct sensitive values of any class; absent without sensitive columns. */
  readonly l?: number;
  readonly classes: number;
  readonly rows: { readonly read: number; readonly released: number; readonly suppressed: number };
  readonly loss: {
    /** Normalized certainty penalty, 0 to 1. */
    readonly certaintyPenalty: number;
    /** Discernibility metric (Bayardo, Agrawal, ICDE 2005): sum of squared class sizes, and each suppressed row times all rows. */
    readonly discernibility: number;
  };
  readonly columns: readonly ReportedColumn[];
}

export interface AnonymousRelease {
  readonly processed: JsonValue;
  /** Findings whose cells were changed or left out. */
  readonly entities: readonly ProtectedEntity[];
  /** Findings in cells that stay as they are, since their whole class has this value. */
  readonly left: readonly Entity[];
  readonly report: AnonymityReport;
}

/**
 * A table in which every row shares the description of its quasi-identifiers with k − 1 others at least; direct
 * identifiers are taken out, and rows that would cost too much are left out.
 * @throws StatisticsError TABLE_UNSUITABLE, COLUMN_UNKNOWN, NOT_A_TABLE; as `analyze` does
 */
export function* anonymize(
  table: Table,
  detector: FindsIn,
  options: AnonymityOptions,
  { analysis, redaction }: { readonly analysis: AnalysisOptions; readonly redaction: RedactionOptions },
): Generator<void, AnonymousRelease> {
  const findings = yield* findInTable(table, detector, analysis);
  const columns = yield* classifyColumns(table, findings, options);
  const replacements = new CellReplacements(table, columns, findings, redaction);
  yield* replacements.redact();
  const grouping = yield* releasedClasses(replacements, columns, options);
  yield* replacements.generalize(grouping);
  const outcomes = yield* replacements.outcomes();
  const processed = yield* table.rewrite(replacements.edit);
  const released = equivalenceClasses(grouping.classes, (row) => replacements.descriptionOf(row));
  const suppressed = table.rows.length - grouping.classes.reduce((sum, { length }) => sum + length, 0);
  return {
    processed,
    ...outcomes,
    report: {
      k: Math.min(...released.map(({ length }) => length)),
      ...(grouping.rule.sensitive.length > 0 && { l: grouping.diversityOf(released) }),
      classes: released.length,
      rows: { read: table.rows.length, released: table.rows.length - suppressed, suppressed },
      loss: {
        certaintyPenalty: certaintyPenalty(grouping.classes, grouping.columns, table.rows.length),
        discernibility:
          released.reduce((sum, { length }) => sum + length ** 2, 0) + suppressed * table.rows.length,
      },
      columns: columns.map(({ name, role, kind, inferred, uncovered }) => ({
        name,
        role,
        kind,
        inferred,
        uncovered,
      })),
    },
  };
}
