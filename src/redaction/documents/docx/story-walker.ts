import { NameScopes } from '../ooxml/namespaces.js';
import type { XmlEvents } from '../ooxml/xml-reader.js';
import type { PartKind } from './docx-kinds.js';
import { isForeign, isKeptSetting, isSkipped, type Role, roleOf, skippedAs } from './element-roles.js';
import { Fields, isHarmlessCode } from './fields.js';
import { signText } from './signs.js';
import { StoryGroups } from './story-groups.js';
import type { Change } from './story-text.js';
import type { Attributes, StoryVisitor } from './story-visitor.js';

/** What can only be said once a part was read to its end, and is needed from its start when it is written. */
export interface Decisions {
  /** Fields that stay fields. */
  readonly fields: Set<number>;
  /** Drawings that show something which is not kept. */
  readonly drawings: Set<number>;
}

interface Frame {
  readonly name: string;
  readonly role: Role | undefined;
  /** Written, so its end is too. */
  isWritten: boolean;
  readonly outerChange: Change;
  readonly outerMuted: boolean;
}

/**
 * Goes through a part by the rules of {@link roleOf}. Reads a part the same way each time: the first time for its text, with
 * decisions to be filled, the second time, with these, to be written.
 */
export class StoryWalker implements XmlEvents {
  readonly scopes = new NameScopes();
  readonly #frames: Frame[] = [];
  readonly #groups: StoryGroups;
  readonly #fields = new Fields();
  readonly #openDrawings: number[] = [];
  #drawings = 0;
  /** Depth within an element that is left out with its content; 0 outside. */
  #skipped = 0;
  #change: Change = 'none';
  /** Within something that is read but not written. */
  #isMuted = false;
  #text = '';
  /** White space around the text of the open element counts. */
  #isExact = true;

  constructor(
    private readonly kind: PartKind,
    private readonly visitor: StoryVisitor,
    private readonly decisions: Decisions,
    /** Whether an id leads to something that is kept. */
    private readonly isKept: (relationship: string) => boolean,
  ) {
    this.#groups = new StoryGroups((group) => visitor.group(group));
  }

  open(spelled: string, attributes: Attributes, declares: boolean): void {
    if (this.#skipped > 0) {
      this.#skipped++;
      return;
    }
    this.scopes.enter(attributes, declares);
    const name = this.scopes.element(spelled);
    if (name === undefined || isForeign(name)) {
      this.#skipForeign();
      return;
    }
    if (isSkipped(name)) {
      const kind = skippedAs(name);
      if (kind !== undefined) this.visitor.removed(kind);
      this.#skip();
      return;
    }
    if (this.kind === 'settings' && this.#frames.length === 1 && !isKeptSetting(name)) {
      this.#skip();
      return;
    }
    const parent = this.#frames.at(-1);
    const sign = signText(name, parent?.name, () => this.#attribute(attributes, 'w:char'));
    if (sign !== undefined) this.#sign(name, attributes, sign);
    else this.#enter(name, attributes, parent);
  }

  text(text: string): void {
    const frame = this.#frames.at(-1);
    if (this.#skipped > 0 || frame === undefined) return;
    if (frame.role === 'text' || frame.role === 'code') this.#text += text;
    else if (frame.isWritten && !this.#isMuted && text.trim() !== '') this.visitor.value(text);
  }

  close(): void {
    if (this.#skipped > 0) {
      this.#skipped--;
      return;
    }
    const frame = this.#frames.pop();
    if (frame === undefined) return;
    this.#leave(frame);
    this.#change = frame.outerChange;
    this.#isMuted = frame.outerMuted;
    if (frame.isWritten && !frame.outerMuted) this.visitor.close(frame.name);
    this.scopes.leave();
    if (this.#frames.length === 0) this.#end();
  }

  #enter(name: string, attributes: Attributes, parent: Frame | undefined): void {
    const role = roleOf(name);
    if (this.#isLeftOut(role, attributes)) {
      this.#skip();
      return;
    }
    const frame: Frame = {
      name,
      role,
      isWritten: this.#isWritten(role, attributes, parent),
      outerChange: this.#change,
      outerMuted: this.#isMuted,
    };
    if (role === 'choice' && parent !== undefined) this.#openAlternatives(parent);
    this.#frames.push(frame);
    this.#begin(role, name, attributes);
    if (frame.isWritten && !frame.outerMuted && !(role === 'drawing' && this.#isMuted))
      this.visitor.open(name, attributes);
    else frame.isWritten = false;
  }

  /** What is known to go with its content before it is looked into. */
  #isLeftOut(role: Role | undefined, attributes: Attributes): boolean {
    if (role === 'reference') return !this.isKept(this.#attribute(attributes, 'r:id') ?? '');
    if (role !== 'choice') return false;
    const required = (attributes.Requires ?? '').split(/\s+/);
    return required.some((prefix) => prefix === '' || this.scopes.prefix(prefix) === undefined);
  }

  #isWritten(role: Role | undefined, attributes: Attributes, parent: Frame | undefined): boolean {
    switch (role) {
      case 'unwrap':
      case 'deletion':
      case 'insertion':
      case 'alternatives':
        return false;
      case 'fallback':
        return parent?.isWritten === true;
      case 'field':
      case 'code':
        return this.#isFieldKept(attributes);
      case 'simple-field':
        return isHarmlessCode(this.#attribute(attributes, 'w:instr') ?? '');
      default:
        return true;
    }
  }

  /** Of a field's beginning, this is asked before the field is counted. */
  #isFieldKept(attributes: Attributes): boolean {
    const begins = this.#attribute(attributes, 'w:fldCharType') === 'begin';
    const number = begins ? this.#fields.count : this.#fields.current;
    return number !== undefined && this.decisions.fields.has(number);
  }

  #begin(role: Role | undefined, name: string, attributes: Attributes): void {
    if (this.#frames.length === 1) this.#groups.beginGroup();
    switch (role) {
      case 'paragraph':
        this.#groups.beginParagraph();
        break;
      case 'container':
        this.#groups.beginGroup();
        break;
      case 'ruby':
        this.#groups.beginGroup();
        this.#groups.beginParagraph();
        break;
      case 'deletion':
        if (this.#frames.at(-2)?.name === 'w:rPr' && this.#frames.at(-3)?.name === 'w:pPr')
          this.#groups.joinParagraph();
        this.visitor.removed('tracked_changes');
        this.#change = 'deleted';
        this.#isMuted = true;
        break;
      case 'insertion':
        this.visitor.removed('tracked_changes');
        if (this.#change !== 'deleted') this.#change = 'inserted';
        break;
      case 'drawing':
        this.#openDrawings.push(this.#drawings);
        if (this.decisions.drawings.has(this.#drawings++)) this.#isMuted = true;
        break;
      case 'field':
        this.#field(this.#attribute(attributes, 'w:fldCharType'));
        break;
      case 'simple-field':
        this.#groups.aside(this.#attribute(attributes, 'w:instr') ?? '');
        break;
      case 'text':
      case 'code':
        this.#text = '';
        this.#isExact = name === 'a:t' || role === 'code' || attributes['xml:space'] === 'preserve';
        break;
      case 'unwrap':
        if (name === 'w:hyperlink') this.visitor.removed('links');
        break;
      default:
        this.#groups.table(name);
    }
  }

  #leave({ role, name, isWritten, outerMuted }: Frame): void {
    switch (role) {
      case 'paragraph':
        this.#groups.endParagraph();
        break;
      case 'container':
        this.#groups.endGroup(name);
        break;
      case 'ruby':
        this.#groups.endParagraph();
        this.#groups.endGroup(name);
        break;
      case 'drawing':
        this.#openDrawings.pop();
        break;
      case 'text':
        this.#textEnded(isWritten && !outerMuted);
        break;
      case 'code':
        this.#fields.addCode(this.#text);
        if (isWritten && !outerMuted) this.visitor.code(this.#text);
        break;
      default:
        this.#groups.tableEnded(name);
    }
  }

  #textEnded(isWritten: boolean): void {
    const change = this.#change;
    const text = this.#isExact ? this.#text : this.#text.trim();
    const place = this.#groups.add(text, change);
    if (isWritten) this.visitor.text(text, { ...place, change });
  }

  #sign(name: string, attributes: Attributes, text: string): void {
    const change = this.#change;
    const place = this.#groups.add(text, change);
    if (!this.#isMuted) this.visitor.sign(name, attributes, text, { ...place, change });
    this.#skip();
  }

  #field(type: string | undefined): void {
    const isDeleted = this.#change === 'deleted';
    const paragraph = this.#groups.paragraph;
    if (type === 'begin') this.#fields.begin(paragraph, isDeleted);
    if (type !== 'end') return;
    const field = this.#fields.end(paragraph, isDeleted);
    if (field === undefined) return;
    this.#groups.aside(field.code);
    if (field.isWhole && isHarmlessCode(field.code)) this.decisions.fields.add(field.number);
  }

  /** A choice that is kept needs its element around it; one that has only a fallback becomes what that holds. */
  #openAlternatives(parent: Frame): void {
    if (parent.role !== 'alternatives' || parent.isWritten) return;
    parent.isWritten = true;
    if (!this.#isMuted) this.visitor.open(parent.name, {});
  }

  #skipForeign(): void {
    const drawing = this.#openDrawings.at(-1);
    const isDrawn = this.#frames.at(-1)?.name === 'a:graphicData';
    if (isDrawn && drawing !== undefined) this.decisions.drawings.add(drawing);
    this.visitor.removed(isDrawn ? 'embedded_objects' : 'custom_data');
    this.#skip();
  }

  #skip(): void {
    this.#skipped = 1;
    this.scopes.leave();
  }

  #end(): void {
    for (const code of this.#fields.rest()) this.#groups.aside(code);
    this.#groups.end();
  }

  /** An attribute by its canonical name. */
  #attribute(attributes: Attributes, name: string): string | undefined {
    for (const spelled in attributes) {
      if (this.scopes.attribute(spelled) === name) return attributes[spelled];
    }
    return undefined;
  }
}
