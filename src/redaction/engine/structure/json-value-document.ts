import { EVENTS_PER_TURN, type JsonValue } from './json-event.js';
import { JsonFields } from './json-fields.js';
import { type ValueEvent, walkJson } from './json-walker.js';
import { MemberNames } from './member-names.js';
import type { Field, StructuredDocument } from './structured-document.js';

/**
 * A parsed JSON value. Keys, strings and numbers are fields; a number is searched as JavaScript spells it and becomes a
 * string when replaced. Member order is kept, as far as JavaScript objects can: names like array indexes come first.
 */
export class JsonValueDocument implements StructuredDocument<JsonValue> {
  constructor(private readonly root: JsonValue) {}

  *fields(): Generator<Field> {
    const fields = new JsonFields();
    for (const event of walkJson(this.root)) {
      const field = fields.next(event);
      if (field !== undefined) yield field;
    }
  }

  *rewrite(replace: (field: Field, index: number) => string | undefined): Generator<void, JsonValue> {
    const fields = new JsonFields();
    const copy = new JsonCopy();
    let events = 0;
    let index = 0;
    for (const event of walkJson(this.root)) {
      const field = fields.next(event);
      copy.add(event, field === undefined ? undefined : replace(field, index++));
      if (++events % EVENTS_PER_TURN === 0) yield;
    }
    return copy.root;
  }
}

interface OpenCopy {
  readonly source: object;
  readonly target: JsonValue[] | Record<string, JsonValue>;
  readonly names: MemberNames;
  key: string;
}

/** Builds a value from the events of another one. */
class JsonCopy {
  root: JsonValue = null;
  readonly #open: OpenCopy[] = [];

  add(event: ValueEvent, replacement: string | undefined): void {
    const inside = this.#open.at(-1);
    if (event.kind === 'close') this.#open.pop();
    else if (event.kind === 'key') {
      if (inside !== undefined) inside.key = memberName(inside, event.text, replacement);
    } else if (event.kind === 'array') this.#enter(event, []);
    else if (event.kind === 'object') this.#enter(event, {});
    else this.#attach(replacement ?? event.value ?? null);
  }

  #enter(event: ValueEvent, target: OpenCopy['target']): void {
    this.#attach(target);
    const source = Object(event.value);
    const isTaken = (name: string) => Object.hasOwn(source, name) || Object.hasOwn(target, name);
    this.#open.push({ source, target, names: new MemberNames(isTaken), key: '' });
  }

  #attach(value: JsonValue): void {
    const inside = this.#open.at(-1);
    if (inside === undefined) this.root = value;
    else if (Array.isArray(inside.target)) inside.target.push(value);
    else setMember(inside.target, inside.key, value);
  }
}

function memberName(inside: OpenCopy, key: string, replacement: string | undefined): string {
  return replacement === undefined || replacement === key ? key : inside.names.free(replacement);
}

function setMember(target: Record<string, JsonValue>, key: string, value: JsonValue): void {
  if (key !== '__proto__') target[key] = value;
  else Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
}
