import { isHeader } from '../../../engine/structure/csv-header.js';
import type { PartKind } from '../../docx/docx-kinds.js';
import type { Attributes, StoryVisitor } from '../../docx/story-visitor.js';
import { StoryWalker } from '../../docx/story-walker.js';
import { readXml } from '../../ooxml/xml-reader.js';
import type { TextBuilder } from '../text-builder.js';
import { canonical, type DocxStyles, headingLevel, outlineLevel } from './docx-styles.js';

/** A paragraph under construction. */
interface Open {
  text: string;
  level: number | undefined;
  isItem: boolean;
  depth: number;
}

/** The longest documents are one part of some hundred thousand. */
const PARAGRAPHS_PER_BEAT = 10_000;

interface Run {
  /** Of paragraphs around it. */
  readonly depth: number;
  isHidden: boolean;
}

interface Table {
  readonly rows: string[][];
  hasHeader: boolean;
}

const PARTS_WITH_NOTES = /^w:(?:footnote|endnote)$/;
/** Notes that only draw a line (ECMA-376 part 1, 17.18.33). */
const NO_NOTE = /separator|continuation/i;
const OFF = /^(?:0|false|off)$/;

/** Rows below the first that tell whether it names the columns. */
const SAMPLE_ROWS = 20;

const looksHeaded = ([first = [], ...rest]: readonly string[][]): boolean =>
  isHeader(first, rest.slice(0, SAMPLE_ROWS));

/** Puts what a part of a Word document shows into a text: tracked changes accepted, hidden text left out. */
export class StoryReader implements StoryVisitor {
  /** Drawings, pictures and embedded objects were met. */
  hasPictures = false;
  readonly #walker: StoryWalker;
  readonly #paragraphs: Open[] = [];
  readonly #tables: Table[] = [];
  /** Depth of elements within an alternative that another one stands for, or a note that is none. */
  #muted = 0;
  /** The outermost first: what is in a text box is in the run that holds the box. */
  readonly #runs: Run[] = [];

  #ended = 0;

  constructor(
    private readonly builder: TextBuilder,
    private readonly styles: DocxStyles,
    kind: PartKind,
    /** Told while the part is read. */
    private readonly beat: () => void,
  ) {
    this.#walker = new StoryWalker(kind, this, { fields: new Set(), drawings: new Set() }, () => true);
  }

  /** @throws DocumentFailure `DOCUMENT_INVALID`, `DOCUMENT_TOO_COMPLEX`, `DOCUMENT_TOO_LARGE` */
  read(bytes: Uint8Array): void {
    readXml(bytes, this.#walker);
    while (this.#paragraphs.length > 0) this.#endParagraph();
    while (this.#tables.length > 0) this.#endTable();
  }

  open(name: string, attributes: Attributes): void {
    if (this.#muted > 0 || this.#isUnshown(name, attributes)) {
      this.#muted++;
      return;
    }
    switch (name) {
      case 'w:p':
      case 'a:p':
        this.#paragraphs.push({ text: '', level: undefined, isItem: false, depth: 0 });
        break;
      case 'w:r':
        this.#runs.push({ depth: this.#paragraphs.length, isHidden: false });
        break;
      case 'w:vanish': {
        const run = this.#runs.at(-1);
        // A paragraph's mark may be hidden too, which hides no text.
        if (run?.depth === this.#paragraphs.length) run.isHidden = !OFF.test(this.#value(attributes));
        break;
      }
      case 'w:tbl':
      case 'a:tbl':
        this.#tables.push({ rows: [], hasHeader: false });
        break;
      case 'w:tr':
      case 'a:tr':
        this.#tables.at(-1)?.rows.push([]);
        break;
      case 'w:tc':
      case 'a:tc':
        this.#tables.at(-1)?.rows.at(-1)?.push('');
        break;
      case 'w:drawing':
      case 'w:pict':
        this.hasPictures = true;
        break;
      default:
        this.#property(name, attributes);
    }
  }

  close(name: string): void {
    if (this.#muted > 0) {
      this.#muted--;
      return;
    }
    if (name === 'w:p' || name === 'a:p') this.#endParagraph();
    else if (name === 'w:r') this.#runs.pop();
    else if (name === 'w:tbl' || name === 'a:tbl') this.#endTable();
  }

  text(text: string): void {
    const paragraph = this.#paragraphs.at(-1);
    if (this.#muted > 0 || paragraph === undefined || this.#runs.some(({ isHidden }) => isHidden)) return;
    paragraph.text += text;
  }

  sign(_name: string, _attributes: Attributes, text: string): void {
    this.text(text);
  }

  removed(kind: string): void {
    if (kind === 'embedded_objects') this.hasPictures = true;
  }

  value(): void {}
  code(): void {}
  group(): void {}

  #isUnshown(name: string, attributes: Attributes): boolean {
    // The choice before it has been read.
    if (name === 'mc:Fallback') return true;
    return PARTS_WITH_NOTES.test(name) && NO_NOTE.test(canonical(this.#walker, attributes, 'w:type') ?? '');
  }

  /** What a paragraph or a row says of itself. */
  #property(name: string, attributes: Attributes): void {
    const paragraph = this.#paragraphs.at(-1);
    switch (name) {
      case 'w:pStyle': {
        if (paragraph === undefined) return;
        const { level, isItem } = this.styles.of(this.#value(attributes));
        paragraph.level ??= level;
        paragraph.isItem ||= isItem;
        break;
      }
      case 'w:outlineLvl':
        if (paragraph !== undefined) paragraph.level = headingLevel(outlineLevel(this.#value(attributes)));
        break;
      case 'w:numPr':
        if (paragraph !== undefined) paragraph.isItem = true;
        break;
      case 'w:ilvl':
        if (paragraph !== undefined) paragraph.depth = outlineLevel(this.#value(attributes)) ?? 0;
        break;
      case 'w:numId':
        if (paragraph !== undefined && this.#value(attributes) === '0') paragraph.isItem = false;
        break;
      case 'w:tblHeader': {
        const table = this.#tables.at(-1);
        if (table?.rows.length === 1 && !OFF.test(this.#value(attributes))) table.hasHeader = true;
      }
    }
  }

  #value(attributes: Attributes): string {
    return canonical(this.#walker, attributes, 'w:val') ?? '';
  }

  #endParagraph(): void {
    const paragraph = this.#paragraphs.pop();
    if (++this.#ended % PARAGRAPHS_PER_BEAT === 0) this.beat();
    if (paragraph === undefined || paragraph.text.trim() === '') return;
    const { text, level, isItem, depth } = paragraph;
    const row = this.#tables.at(-1)?.rows.at(-1);
    if (row !== undefined && row.length > 0) {
      const cell = row.at(-1);
      row[row.length - 1] = cell === '' || cell === undefined ? text : `${cell} ${text}`;
    } else if (level !== undefined) this.builder.heading(text, level);
    else if (isItem) this.builder.item(text, '-', depth);
    else this.builder.paragraph(text);
  }

  /** A table within a cell becomes text of the cell. */
  #endTable(): void {
    const table = this.#tables.pop();
    if (table === undefined) return;
    const row = this.#tables.at(-1)?.rows.at(-1);
    if (row === undefined || row.length === 0)
      this.builder.table(table.rows, table.hasHeader || looksHeaded(table.rows));
    else row[row.length - 1] = [row.at(-1), ...table.rows.flat()].filter((text) => text !== '').join(' ');
  }
}
