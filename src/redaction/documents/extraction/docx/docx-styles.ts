import type { Attributes, StoryVisitor } from '../../docx/story-visitor.js';
import { StoryWalker } from '../../docx/story-walker.js';
import { readXml } from '../../ooxml/xml-reader.js';

/** What a paragraph's style says of it. */
export interface ParagraphStyle {
  /** 1 to 6; undefined for body text. */
  readonly level: number | undefined;
  readonly isItem: boolean;
}

interface Style {
  based: string | undefined;
  level: number | undefined;
  isItem: boolean;
}

const NOTHING: ParagraphStyle = { level: undefined, isItem: false };
/** Styles are based on others, a few deep. */
const DEEPEST = 20;
/** Outline level of body text (ECMA-376 part 1, 17.3.1.20). */
const BODY_TEXT = 9;

/** The styles of a document by id (ECMA-376 part 1, 17.7). */
export class DocxStyles implements StoryVisitor {
  readonly #styles = new Map<string, Style>();
  #open: Style | undefined;
  #attribute: (attributes: Attributes, name: string) => string | undefined = () => undefined;

  /** @param bytes of the part with the styles; undefined when the document has none */
  static read(bytes: Uint8Array | undefined): DocxStyles {
    const styles = new DocxStyles();
    if (bytes === undefined) return styles;
    const walker = new StoryWalker('styles', styles, { fields: new Set(), drawings: new Set() }, () => false);
    styles.#attribute = (attributes, name) => canonical(walker, attributes, name);
    readXml(bytes, walker);
    return styles;
  }

  of(id: string): ParagraphStyle {
    let level: number | undefined;
    let isItem = false;
    let style = this.#styles.get(id);
    for (let depth = 0; style !== undefined && depth < DEEPEST; depth++) {
      level ??= style.level;
      isItem ||= style.isItem;
      style = style.based === undefined ? undefined : this.#styles.get(style.based);
    }
    if (level === undefined && !isItem) return NOTHING;
    return { level: headingLevel(level), isItem };
  }

  open(name: string, attributes: Attributes): void {
    const value = (): string => this.#attribute(attributes, 'w:val') ?? '';
    if (name === 'w:style') {
      this.#open = { based: undefined, level: undefined, isItem: false };
      this.#styles.set(this.#attribute(attributes, 'w:styleId') ?? '', this.#open);
    } else if (this.#open === undefined) return;
    else if (name === 'w:basedOn') this.#open.based = value();
    else if (name === 'w:numPr') this.#open.isItem = true;
    else if (name === 'w:outlineLvl') this.#open.level = outlineLevel(value());
    // Programs other than Word name heading styles as Word does, and forget their outline level.
    else if (name === 'w:name') this.#open.level ??= levelOfName(value());
  }

  close(name: string): void {
    if (name === 'w:style') this.#open = undefined;
  }

  text(): void {}
  sign(): void {}
  value(): void {}
  code(): void {}
  group(): void {}
  removed(): void {}
}

/** An attribute by its canonical name. */
export function canonical(walker: StoryWalker, attributes: Attributes, name: string): string | undefined {
  if (attributes[name] !== undefined && walker.scopes.attribute(name) === name) return attributes[name];
  for (const spelled in attributes) if (walker.scopes.attribute(spelled) === name) return attributes[spelled];
  return undefined;
}

/** An outline level from 0 on; undefined when it is none. */
export const outlineLevel = (value: string): number | undefined =>
  /^\d$/.test(value) ? Number(value) : undefined;

/** 1 to 6; undefined for body text. */
export const headingLevel = (outline: number | undefined): number | undefined =>
  outline === undefined || outline >= BODY_TEXT ? undefined : Math.min(6, outline + 1);

function levelOfName(name: string): number | undefined {
  if (/^title$/i.test(name)) return 0;
  const digit = /^heading ([1-9])$/i.exec(name)?.[1];
  return digit === undefined ? undefined : Number(digit) - 1;
}
