import { type Change, ParagraphText, TextGroup } from './story-text.js';
import { Tables } from './tables.js';

/** A group is handed on when it is this long: enough for words around a value, little enough to be held several times. */
const LONGEST_GROUP = 256 * 1024;

/** Gathers the paragraphs of a part into the groups that they are read in. */
export class StoryGroups {
  readonly #groups: TextGroup[] = [];
  readonly #paragraphs: ParagraphText[] = [];
  readonly #tables = new Tables();
  #count = 0;

  constructor(private readonly done: (group: TextGroup) => void) {}

  /** Index of the innermost open paragraph. */
  get paragraph(): number | undefined {
    return this.#paragraphs.at(-1)?.index;
  }

  beginGroup(): void {
    this.#groups.push(new TextGroup());
  }

  endGroup(name: string): void {
    const group = this.#groups.pop();
    if (group === undefined) return;
    if (name === 'w:tc' || name === 'a:tc') this.#tables.cell(group);
    this.#finish(group);
  }

  beginParagraph(): void {
    this.#paragraphs.push(new ParagraphText(this.#count++));
  }

  /** The end of the innermost paragraph is deleted. */
  joinParagraph(): void {
    const paragraph = this.#paragraphs.at(-1);
    if (paragraph !== undefined) paragraph.isJoined = true;
  }

  endParagraph(): void {
    const paragraph = this.#paragraphs.pop();
    // An empty line says nothing, and millions of them take room.
    if (paragraph === undefined || paragraph.length === 0) return;
    const group = this.#groups.at(-1);
    group?.add(paragraph);
    if (group === undefined || group.length < LONGEST_GROUP) return;
    this.#groups[this.#groups.length - 1] = new TextGroup();
    this.#finish(group);
  }

  /** Adds to the innermost paragraph; text outside of any is one of its own. */
  add(text: string, change: Change): { paragraph: number; offset: number } {
    const isAlone = this.#paragraphs.length === 0;
    if (isAlone) this.beginParagraph();
    const paragraph = this.#paragraphs.at(-1) ?? new ParagraphText(this.#count);
    const offset = paragraph.length;
    paragraph.add(text, change);
    if (isAlone) this.endParagraph();
    return { paragraph: paragraph.index, offset };
  }

  /** Text that is searched and never shown. */
  aside(text: string): void {
    if (text.trim() === '') return;
    const paragraph = new ParagraphText(this.#count++);
    paragraph.add(text, 'deleted');
    const group = new TextGroup();
    group.add(paragraph);
    this.#finish(group);
  }

  table(name: string): void {
    if (name === 'w:tbl' || name === 'a:tbl') this.#tables.begin();
    else if (name === 'w:tr' || name === 'a:tr') this.#tables.row();
  }

  tableEnded(name: string): void {
    if (name === 'w:tbl' || name === 'a:tbl') this.#tables.end();
  }

  /** The part has been read. */
  end(): void {
    while (this.#paragraphs.length > 0) this.endParagraph();
    while (this.#groups.length > 0) this.endGroup('');
  }

  #finish(group: TextGroup): void {
    if (group.paragraphs.length === 0) return;
    group.finish();
    this.done(group);
  }
}
