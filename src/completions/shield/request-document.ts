import { invalidField } from '../../platform/errors/app-error.js';
import { EngineLabels } from '../../redaction/index.js';
import { isObject, type JsonObject, type JsonValue } from '../json.js';
import { carriesAttachment, isAttachment, isSpoken } from './attachments.js';
import { KNOWN_FIELDS, PROTOCOL_WORDS } from './protocol-words.js';
import { CONTENT, REQUEST, type Shape } from './request-shape.js';
import { NestedTexts, RequestText, renameMembers, setMember } from './request-text.js';

/** Deeper requests are refused, as everywhere. */
const DEEPEST = 1_000;
const MOST_LABELS = 24;
/** Texts gone through between two chances for other work. */
const TEXTS_PER_TURN = 500;

/** A text that tells an end user apart. */
export interface PersonField {
  readonly name: string;
  readonly text: string;
}

/** A copy of a request, taken apart into the texts that are to be searched. */
export class RequestDocument {
  readonly body: JsonObject = {};
  /** All that is searched; a text that is JSON is searched through those within it. */
  readonly texts: RequestText[] = [];
  readonly persons: PersonField[] = [];
  /** JSON pointers. */
  readonly attachments: string[] = [];
  readonly unknownFields: string[] = [];
  private readonly nested: NestedTexts[] = [];
  /** Texts that are searched through those within them. */
  private readonly hosts: RequestText[] = [];
  private readonly path: (string | number)[] = [];

  /** @throws AppError VALIDATION_ERROR for what is nested too deep */
  static *open(source: JsonObject): Generator<void, RequestDocument> {
    const document = new RequestDocument();
    const { metadata, ...rest } = source;
    const kept = withoutChatId(metadata);
    const request: JsonObject = kept === undefined ? rest : { ...rest, metadata: kept };
    document.members(request, document.body, REQUEST, [], 0);
    document.unknownFields.push(...Object.keys(request).filter((name) => !KNOWN_FIELDS.has(name)));
    if (isSpoken(request)) document.attachments.push('/modalities');
    yield* document.openNested();
    return document;
  }

  /** Writes all replacements into the copy. */
  *write(): Generator<void, void> {
    // The innermost come last, and have to be written first.
    for (const nested of this.nested.toReversed()) yield* nested.write();
    const renamed = new Map<JsonObject, Map<string, string>>();
    for (const [at, text] of this.texts.entries()) {
      text.write(renamed);
      if (at % TEXTS_PER_TURN === TEXTS_PER_TURN - 1) yield;
    }
    for (const host of this.hosts) host.write(renamed);
    for (const [object, names] of renamed) renameMembers(object, names);
  }

  private *openNested(): Generator<void, void> {
    const open = this.texts.splice(0).map((text) => ({ text, depth: 1 }));
    for (let at = 0; at < open.length; at++) {
      const { text, depth } = open[at] as (typeof open)[number];
      const nested = text.isName ? undefined : NestedTexts.open(text, depth);
      if (nested) {
        this.nested.push(nested);
        this.hosts.push(text);
        for (const inner of nested.texts) open.push({ text: inner, depth: depth + 1 });
      } else this.texts.push(text);
      if (at % TEXTS_PER_TURN === TEXTS_PER_TURN - 1) yield;
    }
  }

  private copy(value: JsonValue, shape: Shape, labels: readonly string[], depth: number): JsonValue {
    if (depth > DEEPEST) {
      const message = `Objects and arrays are nested more than ${DEEPEST} levels deep.`;
      throw invalidField('body', 'depth', message);
    }
    if (Array.isArray(value)) {
      const items: JsonValue[] = [];
      for (const [position, item] of value.entries()) {
        this.path.push(position);
        this.member(item, items, position, shape.items ?? shape, labels, depth);
        this.path.pop();
      }
      return items;
    }
    if (!isObject(value)) return value;
    const object: JsonObject = {};
    if (shape.isPart && isAttachment(value)) this.attachments.push(pointerTo(this.path));
    this.members(value, object, shape, labels, depth);
    return object;
  }

  private members(
    source: JsonObject,
    object: JsonObject,
    shape: Shape,
    labels: readonly string[],
    depth: number,
  ): void {
    for (const [name, value] of Object.entries(source)) {
      const listed =
        shape.members !== undefined && Object.hasOwn(shape.members, name) ? shape.members[name] : undefined;
      const inner = listed ?? shape.others ?? CONTENT;
      this.path.push(name);
      if (listed === undefined) this.unlisted(name, object, shape);
      const named = inner.hasLabels ? [...EngineLabels.keyLabels(name), ...labels].slice(0, MOST_LABELS) : [];
      this.member(value, object, name, inner, named, depth);
      this.path.pop();
    }
  }

  /** A member that the protocol does not know: its name may be personal too. */
  private unlisted(name: string, object: JsonObject, shape: Shape): void {
    if (shape.isMessage && carriesAttachment(name)) this.attachments.push(pointerTo(this.path));
    if (name === '' || isTokenNumber(name, shape)) return;
    const value = { text: name, labels: [] };
    this.texts.push(new RequestText(value, true, false, { object, key: name }));
  }

  private member(
    value: JsonValue,
    container: JsonObject | JsonValue[],
    member: string | number,
    shape: Shape,
    labels: readonly string[],
    depth: number,
  ): void {
    setMember(container, member, this.copy(value, shape, labels, depth + 1));
    if (typeof value !== 'string' && typeof value !== 'number') return;
    const { role } = shape;
    if (value === '' || !isSearched(value, shape)) return;
    if (role === 'person' && typeof value === 'string') {
      this.persons.push({ name: String(member), text: value });
      return;
    }
    const isName = role === 'name' || role === 'word';
    const searched = { text: String(value), labels };
    this.texts.push(new RequestText(searched, isName, role === 'link', { container, member }));
  }
}

function isSearched(value: string | number, { role }: Shape): boolean {
  if (role === 'model' || role === 'payload') return false;
  if (typeof value === 'number') return role !== 'setting';
  if (role === 'word') return !PROTOCOL_WORDS.has(value);
  return role !== 'link' || !/^\s*data:/i.test(value);
}

/** `logit_bias` names the model's tokens by their numbers. */
const isTokenNumber = (name: string, { role }: Shape): boolean =>
  role === 'setting' && /^\d{1,7}$/.test(name);

/** What a chat is called is the client's own; undefined when nothing else is left. */
function withoutChatId(metadata: JsonValue | undefined): JsonValue | undefined {
  if (!isObject(metadata) || !Object.hasOwn(metadata, 'chat_id')) return metadata;
  const { chat_id: _, ...rest } = metadata;
  return Object.keys(rest).length > 0 ? rest : undefined;
}

const pointerTo = (path: readonly (string | number)[]): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
