import { DocumentFailure } from '../../document-failure.js';
import type { TextBuilder } from '../text-builder.js';
import { type HtmlBlock, type HtmlCell, HtmlTable, writeBlock } from './html-blocks.js';
import {
  type Attributes,
  headingLevel,
  isBlock,
  isLeftOut,
  isSection,
  type Surroundings,
} from './html-elements.js';

/** Elements in elements: pages have some tens, those that never close what they open some hundreds. */
const DEEPEST = 2_000;
/** Names at which browsers never look for an end. */
/** Kept of a title, in UTF-16 code units, blanks included. */
const LONGEST_TITLE = 2_000;
const VOID = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));

interface List {
  readonly isOrdered: boolean;
  next: number;
}

interface OpenTable {
  readonly table: HtmlTable;
  cell: HtmlCell | undefined;
}

/** Makes text of a page while it is parsed: told of its elements in order, each with its end. */
export class HtmlReader {
  readonly #tables: OpenTable[] = [];
  readonly #lists: List[] = [];
  #text = '';
  #depth = 0;
  /** Depth within an element that is left out; 0 outside. */
  #skipped = 0;
  #sections = 0;
  #preformatted = 0;
  #titleDepth = 0;
  #title = '';
  #hasTitle = false;
  /** What the text that is gathered becomes. */
  #kind: { readonly level?: number; readonly sign?: string } = {};

  constructor(private readonly builder: TextBuilder) {}

  get title(): string {
    return this.#title;
  }

  /** @throws DocumentFailure `DOCUMENT_TOO_COMPLEX`, `DOCUMENT_TOO_LARGE` */
  open(name: string, attributes: Attributes): void {
    if (VOID.has(name)) {
      if (this.#skipped === 0) this.#void(name);
      return;
    }
    if (++this.#depth > DEEPEST) throw new DocumentFailure('DOCUMENT_TOO_COMPLEX');
    if (this.#skipped > 0) {
      this.#skipped++;
      return;
    }
    if (isLeftOut(name, attributes, this.#surroundings)) {
      if (isBlock(name)) this.#flush();
      this.#skipped = 1;
      return;
    }
    this.#enter(name, attributes);
  }

  text(text: string): void {
    if (this.#skipped > 0) return;
    if (this.#titleDepth === 0) this.#text += text;
    else if (!this.#hasTitle && this.#title.length < LONGEST_TITLE) this.#title += text;
  }

  close(name: string): void {
    if (VOID.has(name)) return;
    this.#depth--;
    if (this.#skipped > 0) {
      this.#skipped--;
      return;
    }
    this.#leave(name);
  }

  /** The page has been read to its end. */
  end(): void {
    this.#flush();
    while (this.#tables.length > 0) this.#endTable();
  }

  get #surroundings(): Surroundings {
    return { isInSection: this.#sections > 0, isInHeading: this.#kind.level !== undefined };
  }

  #void(name: string): void {
    if (name === 'br') this.#text += this.#preformatted > 0 ? '\n' : LINE_BREAK;
    else if (name === 'hr') this.#flush();
  }

  #enter(name: string, attributes: Attributes): void {
    const level = headingLevel(name);
    if (level !== undefined || name === 'pre' || isBlock(name)) this.#flush();
    if (level !== undefined) this.#kind = { level };
    if (isSection(name)) this.#sections++;
    switch (name) {
      case 'title':
        this.#titleDepth++;
        break;
      case 'pre':
        this.#preformatted++;
        break;
      case 'ul':
      case 'ol':
      case 'menu':
      case 'dir':
        this.#lists.push({
          isOrdered: name === 'ol',
          next: Number.parseInt(attributes.start ?? '1', 10) || 1,
        });
        break;
      case 'li':
        this.#kind = { sign: this.#sign() };
        break;
      case 'table':
        this.#tables.push({
          table: new HtmlTable(/^(?:presentation|none)$/i.test(attributes.role ?? '')),
          cell: undefined,
        });
        break;
      case 'tr':
        this.#tables.at(-1)?.table.row();
        break;
      case 'td':
      case 'th':
        this.#cell(name === 'th');
    }
  }

  #leave(name: string): void {
    const isHeading = headingLevel(name) !== undefined;
    if (isHeading || name === 'pre' || isBlock(name)) this.#flush();
    // What says nothing, such as a title that is a picture, makes nothing of what follows.
    if (isHeading || name === 'li') this.#kind = {};
    if (isSection(name)) this.#sections--;
    switch (name) {
      case 'title':
        this.#titleDepth--;
        this.#hasTitle ||= this.#title !== '';
        break;
      case 'pre':
        this.#preformatted--;
        break;
      case 'ul':
      case 'ol':
      case 'menu':
      case 'dir':
        this.#lists.pop();
        break;
      case 'td':
      case 'th': {
        const open = this.#tables.at(-1);
        if (open !== undefined) open.cell = undefined;
        break;
      }
      case 'table':
        this.#endTable();
    }
  }

  #sign(): string {
    const list = this.#lists.at(-1);
    return list?.isOrdered ? `${list.next++}.` : '-';
  }

  #cell(isHead: boolean): void {
    const open = this.#tables.at(-1);
    if (open !== undefined) open.cell = open.table.cell(isHead);
  }

  #endTable(): void {
    const open = this.#tables.pop();
    if (open !== undefined) this.#put({ kind: 'table', table: open.table });
  }

  /** What has been gathered is a block of its own. */
  #flush(): void {
    const gathered = this.#text;
    const kind = this.#kind;
    if (gathered === '' && kind.sign === undefined && kind.level === undefined) return;
    const text = this.#preformatted > 0 ? gathered : collapsed(gathered);
    this.#text = '';
    if (text.trim() === '') return;
    this.#kind = {};
    if (kind.level !== undefined) this.#put({ kind: 'heading', text, level: kind.level });
    else if (kind.sign !== undefined)
      this.#put({ kind: 'item', text, sign: kind.sign, depth: Math.max(0, this.#lists.length - 1) });
    else this.#put({ kind: 'paragraph', text });
  }

  #put(block: HtmlBlock): void {
    // What stands in a table and in none of its cells belongs to where the table stands.
    const cell = this.#tables.findLast((open) => open.cell !== undefined)?.cell;
    if (cell === undefined) writeBlock(this.builder, block);
    else cell.push(block);
  }
}

/** Stands for a line break while blanks are collapsed; no page spells it, since parsers replace NUL. */
const LINE_BREAK = '\u0000';
const BLANKS = /[ \t\n\f\r]+/g;

/** Blanks of all kinds are one (CSS Text 3, 4.1.1); line breaks stay. */
function collapsed(text: string): string {
  const joined = text.replaceAll(BLANKS, ' ');
  if (!joined.includes(LINE_BREAK)) return joined.trim();
  return joined
    .split(LINE_BREAK)
    .map((line) => line.trim())
    .join('\n')
    .trim();
}
