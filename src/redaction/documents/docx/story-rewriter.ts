import { isVocabulary, type NameScopes } from '../ooxml/namespaces.js';
import { escapeAttribute } from '../ooxml/xml-text.js';
import { XmlWriter } from '../ooxml/xml-writer.js';
import type { RemovedKind } from '../redaction-report.js';
import {
  isDroppedAttribute,
  isGeometry,
  isGivenName,
  isShownText,
  isStyleName,
  plainName,
} from './attribute-rules.js';
import type { AttributeScrubber } from './attribute-scrubber.js';
import { ParagraphCut, visible, type WrittenRemoval } from './paragraph-cut.js';
import type { Attributes, PiecePlace, StoryVisitor } from './story-visitor.js';

/** What a part needs to be written. */
export interface RewriteInputs {
  /** Prefixes with their namespaces, written on the root. */
  readonly namespaces: ReadonlyMap<string, string>;
  readonly removals: ReadonlyMap<number, readonly WrittenRemoval[]>;
  readonly scrubber: AttributeScrubber;
  /** New id of what is kept. */
  readonly newId: (relationship: string) => string | undefined;
  readonly onRemoved: (kind: RemovedKind) => void;
}

/** Second reading of a part: writes what stays. */
export class StoryRewriter implements StoryVisitor {
  readonly #writer = new XmlWriter();
  readonly #cuts = new Map<number, ParagraphCut>();
  #isRoot = true;
  /** Characters of text elements that were written, white space left out. */
  characters = 0;
  scopes: NameScopes | undefined;

  constructor(private readonly inputs: RewriteInputs) {}

  bytes(): Buffer {
    return this.#writer.bytes();
  }

  /** Characters that were asked to go, less those that came in their place. */
  get removedCharacters(): number {
    let removed = 0;
    for (const cut of this.#cuts.values()) removed += cut.removedCharacters - cut.placeholderCharacters;
    return removed;
  }

  open(name: string, attributes: Attributes): void {
    this.#writer.open(name, this.#declarations() + this.#attributes(name, attributes));
  }

  close(name: string): void {
    this.#writer.close(name);
  }

  text(text: string, place: PiecePlace): void {
    const kept = this.#cutOf(place.paragraph)?.take(text, place.offset) ?? text;
    this.characters += visible(kept);
    this.#writer.text(kept);
  }

  sign(name: string, attributes: Attributes, text: string, place: PiecePlace): void {
    if (this.#cutOf(place.paragraph)?.covers(place.offset, text.length) === true) return;
    this.open(name, attributes);
    this.close(name);
  }

  value(text: string): void {
    this.#writer.text(this.inputs.scrubber.content(text));
  }

  code(text: string): void {
    this.#writer.text(text);
  }

  group(): void {}

  removed(kind: RemovedKind): void {
    this.inputs.onRemoved(kind);
  }

  #cutOf(paragraph: number): ParagraphCut | undefined {
    const known = this.#cuts.get(paragraph);
    if (known !== undefined) return known;
    const removals = this.inputs.removals.get(paragraph);
    if (removals === undefined) return undefined;
    const cut = new ParagraphCut(removals);
    this.#cuts.set(paragraph, cut);
    return cut;
  }

  #declarations(): string {
    if (!this.#isRoot) return '';
    this.#isRoot = false;
    return Array.from(this.inputs.namespaces, ([prefix, uri]) => ` xmlns:${prefix}="${uri}"`).join('');
  }

  #attributes(element: string, attributes: Attributes): string {
    let written = '';
    for (const spelled in attributes) {
      if (spelled.startsWith('xmlns')) continue;
      const name = this.scopes?.attribute(spelled);
      if (name === undefined || name === 'xml:space' || isDroppedAttribute(name)) continue;
      const value = this.#value(element, name, attributes[spelled] ?? '');
      if (value !== undefined) written += ` ${name}="${escapeAttribute(value)}"`;
    }
    // What is left of a text may begin or end with a space that did not before.
    return element === 'w:t' || element === 'm:t' ? `${written} xml:space="preserve"` : written;
  }

  #value(element: string, name: string, value: string): string | undefined {
    const { scrubber, newId } = this.inputs;
    if (name.startsWith('r:')) return newId(value);
    if (name === 'mc:Ignorable' || name === 'Requires') return this.#prefixes(value);
    if (name === 'name' && isGivenName(element)) return plainName(element);
    if (/(?:^|:)uri$/.test(name) && isVocabulary(value)) return value;
    if (isShownText(element, name)) return scrubber.text(value);
    if (name === 'style') return scrubber.style(value);
    if (isGeometry(name)) return scrubber.geometry(value);
    return isStyleName(element, name) ? scrubber.styleName(value) : scrubber.value(value);
  }

  #prefixes(list: string): string | undefined {
    const known = list.split(/\s+/).flatMap((prefix) => this.scopes?.prefix(prefix) ?? []);
    return known.length === 0 ? undefined : [...new Set(known)].join(' ');
  }
}
