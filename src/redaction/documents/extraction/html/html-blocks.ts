import type { TextBuilder } from '../text-builder.js';

/** A piece of a page, as it is put into the text or into a cell of a table. */
export type HtmlBlock =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string; readonly level: number }
  | { readonly kind: 'item'; readonly text: string; readonly sign: string; readonly depth: number }
  | { readonly kind: 'table'; readonly table: HtmlTable };

/** A cell by what stands in it. */
export type HtmlCell = HtmlBlock[];

/** A table under construction. */
export class HtmlTable {
  readonly rows: HtmlCell[][] = [];
  /** Whether every cell of the first row that says something is a head. */
  get hasHeader(): boolean {
    const said = this.rows[0]?.filter((cell) => cell.length > 0) ?? [];
    return said.length > 0 && said.every((cell) => this.#heads.has(cell));
  }

  readonly #heads = new Set<HtmlCell>();

  /** @param isLayout it is said to be no table of data */
  constructor(private readonly isLayout: boolean) {}

  row(): void {
    this.rows.push([]);
  }

  cell(isHead: boolean): HtmlCell {
    if (this.rows.length === 0) this.row();
    const cell: HtmlCell = [];
    if (isHead) this.#heads.add(cell);
    this.rows.at(-1)?.push(cell);
    return cell;
  }

  /** Whether its cells are parts of a page: titles, tables, or one below the other. */
  get isFrame(): boolean {
    const isSingle = this.rows.every((cells) => cells.length <= 1);
    const holdsParts = this.rows.some((cells) =>
      cells.some((cell) => cell.some(({ kind }) => kind === 'heading' || kind === 'table')),
    );
    return this.isLayout || isSingle || holdsParts;
  }

  texts(): string[][] {
    return this.rows.map((cells) =>
      cells.map((cell) => cell.map((block) => (block.kind === 'table' ? '' : block.text)).join(' ')),
    );
  }
}

/** @throws DocumentFailure `DOCUMENT_TOO_LARGE` */
export function writeBlock(builder: TextBuilder, block: HtmlBlock): void {
  switch (block.kind) {
    case 'paragraph':
      builder.paragraph(block.text);
      break;
    case 'heading':
      builder.heading(block.text, block.level);
      break;
    case 'item':
      builder.item(block.text, block.sign, block.depth);
      break;
    case 'table':
      if (!block.table.isFrame) builder.table(block.table.texts(), block.table.hasHeader);
      else
        for (const cells of block.table.rows)
          for (const cell of cells) for (const inner of cell) writeBlock(builder, inner);
  }
}
