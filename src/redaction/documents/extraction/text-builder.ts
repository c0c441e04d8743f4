import { DocumentFailure } from '../document-failure.js';
import type { ExtractedDocument, Gap, Heading, PageStart, TableArea } from './extracted-document.js';
import { MOST_CHARACTERS } from './extracted-document.js';
import { oneLine, plain, titleOf } from './plain.js';

const CELLS = ' | ';

/** Puts the text of a document together, block by block, and knows where everything stands. */
export class TextBuilder {
  readonly #pieces: string[] = [];
  readonly #pages: PageStart[] = [];
  readonly #headings: Heading[] = [];
  readonly #tables: TableArea[] = [];
  readonly #gaps = new Map<Gap['reason'], number[]>();
  #length = 0;
  /** Of pages whose first block is still to come. */
  #waiting: number[] = [];
  #isAfterItem = false;

  constructor(private readonly mostCharacters = MOST_CHARACTERS) {}

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  /** @param number from 1, ascending */
  page(number: number): void {
    this.#waiting.push(number);
  }

  /** @throws DocumentFailure `DOCUMENT_TOO_LARGE`, as all that adds text does */
  paragraph(text: string): void {
    const block = withoutEdges(plain(text));
    this.#add(this.isEmpty ? block.trimStart() : block, '\n\n');
  }

  /** @param level below 1 and above 6 it is the nearest of these */
  heading(text: string, level: number): void {
    const title = oneLine(text);
    const start = this.#add(title, '\n\n');
    if (start === undefined) return;
    this.#headings.push({ start, end: start + title.length, level: Math.min(6, Math.max(1, level)) });
  }

  /**
   * An item of a list, below the one before it.
   * @param depth of lists around its own
   */
  item(text: string, sign = '-', depth = 0): void {
    const body = withoutEdges(plain(text));
    if (body === '') return;
    const indent = '  '.repeat(Math.min(depth, 8));
    const isFollowing = this.#isAfterItem;
    this.#add(`${isFollowing ? indent : ''}${sign} ${body}`, isFollowing ? '\n' : '\n\n');
    this.#isAfterItem = true;
  }

  /** @param hasHeader the first row names the columns */
  table(rows: Iterable<readonly string[]>, hasHeader: boolean): void {
    let start: number | undefined;
    let header: TableArea['header'] = null;
    let isFirst = true;
    for (const cells of rows) {
      const isHeader = isFirst && hasHeader;
      isFirst = false;
      const texts = cells.map(oneLine);
      if (texts.every((text) => text === '')) continue;
      const row = texts.join(CELLS).trim();
      const at = this.#add(row, start === undefined ? '\n\n' : '\n') ?? this.#length;
      start ??= at;
      if (isHeader) header = { start: at, end: at + row.length };
    }
    if (start !== undefined) this.#tables.push({ start, end: this.#length, header });
  }

  /** Something is there that did not become text. */
  gap(reason: Gap['reason'], page?: number): void {
    const pages = this.#gaps.get(reason) ?? [];
    this.#gaps.set(reason, pages);
    if (page !== undefined && pages.at(-1) !== page) pages.push(page);
  }

  /**
   * @param title what the document calls itself; its first heading of the highest level where it does not
   * @param pageCount null for formats without pages
   */
  end(title: string | undefined, pageCount: number | null = null): ExtractedDocument {
    this.#placePages(this.#length);
    const gaps = Array.from(this.#gaps, ([reason, pages]) => ({ reason, pages }));
    const text = this.#pieces.join('');
    const first = this.#headings.find(({ level }) => level === 1);
    return {
      text,
      pages: this.#pages,
      headings: this.#headings,
      tables: this.#tables,
      pageCount,
      title: titleOf(title) ?? titleOf(first && text.slice(first.start, first.end)),
      isPartial: gaps.length > 0,
      gaps,
    };
  }

  /** @returns where it begins; undefined when there is nothing to add */
  #add(block: string, separator: string): number | undefined {
    if (block === '') return undefined;
    this.#isAfterItem = false;
    if (this.#length > 0) this.#push(separator);
    const start = this.#length;
    this.#placePages(start);
    this.#push(block);
    return start;
  }

  #push(piece: string): void {
    this.#pieces.push(piece);
    this.#length += piece.length;
    if (this.#length > this.mostCharacters) throw new DocumentFailure('DOCUMENT_TOO_LARGE');
  }

  #placePages(start: number): void {
    for (const number of this.#waiting) this.#pages.push({ number, start });
    if (this.#waiting.length > 0) this.#waiting = [];
  }
}

/** Without empty lines around it: the indentation of its first line says something. */
function withoutEdges(text: string): string {
  const first = text.search(/\S/);
  if (first < 0) return '';
  return text.slice(text.lastIndexOf('\n', first) + 1).trimEnd();
}
