import { type ClassRule, diversityOf } from './mondrian.js';
import type { QuasiColumn } from './quasi-column.js';

/** The classes of rows that are released; rows in none of them are not. */
export class Grouping {
  constructor(
    readonly classes: readonly (readonly number[])[],
    /** In the order of the classified quasi-identifiers. */
    readonly columns: readonly QuasiColumn[],
    readonly rule: ClassRule,
  ) {}

  /** The least diversity of any class. */
  diversityOf(classes: readonly (readonly number[])[]): number {
    return Math.min(...classes.map((rows) => diversityOf(rows, this.rule.sensitive)));
  }
}
