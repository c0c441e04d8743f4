import type { Value } from '../finding.js';
import type { JsonEvent } from './json-event.js';
import { keyLabels } from './key-words.js';
import type { Field } from './structured-document.js';

const MOST_LABELS = 24;
const MOST_REMEMBERED_KEYS = 1_000;

/** The labels at one place of the document; places with the same keys above them share one object. */
class LabelScope {
  static readonly root = () => new LabelScope([]);
  readonly #inner = new Map<string, LabelScope>();

  private constructor(readonly labels: readonly string[]) {}

  of(key: string): LabelScope {
    const known = this.#inner.get(key);
    if (known !== undefined) return known;
    const scope = new LabelScope([...keyLabels(key), ...this.labels].slice(0, MOST_LABELS));
    if (this.#inner.size < MOST_REMEMBERED_KEYS) this.#inner.set(key, scope);
    return scope;
  }
}

/** Members of `{"key": "email", "value": "…"}` and its like. */
const ENTRY_NAMES = new Set('key name field label attribute property column header question'.split(' '));
const ENTRY_VALUES = new Set('value val values content data answer'.split(' '));
const LONGEST_ENTRY_NAME = 64;

type Member = string | number | undefined;

/** An object or array being read; the outermost one stands around the document and has no members. */
class Container {
  /** Key of the member being read, or index of the item. */
  member: Member;
  memberScope: LabelScope;
  #entryName: string | undefined;

  constructor(
    readonly scope: LabelScope,
    private readonly outside?: Container,
    private readonly name?: Member,
  ) {
    this.memberScope = scope;
  }

  /** Of a value: those of its member, and before them what an entry of a list of keys and values calls it. */
  labelsOf({ kind, text }: JsonEvent): readonly string[] {
    const { labels } = this.memberScope;
    if (typeof this.member !== 'string') return labels;
    const word = this.member.toLowerCase();
    if (ENTRY_VALUES.has(word) && this.#entryName !== undefined)
      return [...keyLabels(this.#entryName), ...labels].slice(0, MOST_LABELS);
    if (kind === 'string' && ENTRY_NAMES.has(word) && text.length <= LONGEST_ENTRY_NAME)
      this.#entryName = text;
    return labels;
  }

  pointerTo(member: Member): string {
    const tokens: string[] = [];
    let container: Container | undefined = this;
    for (let name = member; container !== undefined; container = container.outside) {
      if (name !== undefined) tokens.push(`/${typeof name === 'number' ? name : escapePointer(name)}`);
      name = container.name;
    }
    return tokens.reverse().join('');
  }
}

/** Its pointer is only put together when asked for, as most fields hold nothing of interest. */
class JsonField implements Field {
  constructor(
    readonly value: Value,
    private readonly container: Container,
    private readonly member: Member,
  ) {}

  get path(): string {
    return this.container.pointerTo(this.member);
  }
}

class JsonKeyField extends JsonField {
  readonly part = 'key';
}

/**
 * Turns the events of a JSON document into fields: every key, string and number, with its pointer. A value's labels are
 * its member's key and the keys above, nearest first; array items have those of their array; in a list of keys and values
 * (`{"key": "email", "value": …}`) the key comes first of all. A key has none, since what
 * names a value does not name the members inside it (`{"password": {"min_length": …}}`).
 */
export class JsonFields {
  readonly #containers: Container[] = [new Container(LabelScope.root())];

  /** The field that the event is, if it is one. Events must come in document order. */
  next(event: JsonEvent): Field | undefined {
    const inside = this.#containers.at(-1);
    if (inside === undefined) return undefined;
    if (event.kind === 'close') {
      this.#containers.pop();
      return undefined;
    }
    if (event.kind === 'key') {
      inside.member = event.text;
      inside.memberScope = inside.scope.of(event.text);
      return new JsonKeyField({ text: event.text, labels: [] }, inside, event.text);
    }
    if (typeof inside.member === 'number') inside.member++;
    if (event.kind === 'string' || event.kind === 'number') {
      const labels = inside.labelsOf(event);
      return new JsonField({ text: event.text, labels }, inside, inside.member);
    }
    if (event.kind !== 'literal') this.#enter(inside, event.kind);
    return undefined;
  }

  #enter(outside: Container, kind: 'object' | 'array'): void {
    const container = new Container(outside.memberScope, outside, outside.member);
    if (kind === 'array') container.member = -1;
    this.#containers.push(container);
  }
}

/** Escapes one reference token as RFC 6901 section 3 asks. */
export function escapePointer(token: string): string {
  return token.replaceAll('~', '~0').replaceAll('/', '~1');
}
