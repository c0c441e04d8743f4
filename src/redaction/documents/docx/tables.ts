import { isHeader } from '../../engine/structure/csv-header.js';
import { keyLabels } from '../../engine/structure/key-words.js';
import type { TextGroup } from './story-text.js';

const SAMPLE_ROWS = 20;
const LONGEST_HEADER = 64;

interface Table {
  /** Texts of the first rows. */
  readonly sample: string[][];
  /** Cells below the first row, by column. */
  readonly columns: TextGroup[][];
  row: number;
  column: number;
}

/** Gives the cells of tables the words of their column's head as labels, as CSV does. */
export class Tables {
  readonly #open: Table[] = [];

  begin(): void {
    this.#open.push({ sample: [], columns: [], row: -1, column: 0 });
  }

  row(): void {
    const table = this.#open.at(-1);
    if (table === undefined) return;
    table.row++;
    table.column = 0;
    if (table.row <= SAMPLE_ROWS) table.sample.push([]);
  }

  cell(group: TextGroup): void {
    const table = this.#open.at(-1);
    if (table === undefined || table.row < 0) return;
    const column = table.column++;
    if (table.row <= SAMPLE_ROWS) table.sample[table.row]?.push(startOf(group));
    if (table.row === 0) return;
    const cells = table.columns[column] ?? [];
    table.columns[column] = cells;
    cells.push(group);
  }

  end(): void {
    const table = this.#open.pop();
    const [first = [], ...rest] = table?.sample ?? [];
    if (table === undefined || !isHeader(first, rest)) return;
    for (const [column, cells] of table.columns.entries()) {
      const labels = keyLabels(first[column] ?? '');
      for (const cell of cells ?? []) cell.labels = labels;
    }
  }
}

/** As much of a cell's text as tells whether it is a name of a column. */
function startOf({ paragraphs }: TextGroup): string {
  let text = '';
  for (const { runs } of paragraphs) {
    for (const run of runs) {
      if (run.change !== 'deleted') text += run.text;
      if (text.length > LONGEST_HEADER) return text;
    }
  }
  return text;
}
