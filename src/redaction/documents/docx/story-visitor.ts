import type { RemovedKind } from '../redaction-report.js';
import type { Change, TextGroup } from './story-text.js';

/** Where a piece of text stands. */
export interface PiecePlace {
  /** Index of its paragraph in the part, in the order of their beginnings. */
  readonly paragraph: number;
  /** Of its first code unit in the paragraph's linear text. */
  readonly offset: number;
  readonly change: Change;
}

export type Attributes = Readonly<Record<string, string>>;

/** Told of what stays of a part, in order. Names are canonical (`w:p`), attributes as the document spells them. */
export interface StoryVisitor {
  open(name: string, attributes: Attributes): void;
  close(name: string): void;
  /** Text of the element that was opened last. */
  text(text: string, place: PiecePlace): void;
  /** An element that stands for a character, or for none: a tab, a line break, a soft hyphen. */
  sign(name: string, attributes: Attributes, text: string, place: PiecePlace): void;
  /** Text in an element that has none as a rule: a position, a size. */
  value(text: string): void;
  /** The instruction of a field that is kept. */
  code(text: string): void;
  /** Text that is read in one go has been read. */
  group(group: TextGroup): void;
  removed(kind: RemovedKind): void;
}
