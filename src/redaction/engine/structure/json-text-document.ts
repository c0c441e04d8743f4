import { EVENTS_PER_TURN } from './json-event.js';
import { JsonFields } from './json-fields.js';
import { JsonScanner, type TextEvent } from './json-scanner.js';
import { MemberNames } from './member-names.js';
import type { Field, StructuredDocument } from './structured-document.js';

/**
 * JSON text. Only replaced tokens change; white space, the spelling of numbers and strings, member order and duplicate
 * keys stay as they are, and each value of a duplicate key is a field of its own.
 */
export class JsonTextDocument implements StructuredDocument<string> {
  constructor(private readonly text: string) {}

  *fields(): Generator<Field> {
    const fields = new JsonFields();
    for (const event of new JsonScanner(this.text).events()) {
      const field = fields.next(event);
      if (field !== undefined) yield field;
    }
  }

  *rewrite(replace: (field: Field, index: number) => string | undefined): Generator<void, string> {
    const fields = new JsonFields();
    const edit = new JsonEdit(this.text);
    let events = 0;
    let index = 0;
    for (const event of new JsonScanner(this.text).events()) {
      const field = fields.next(event);
      edit.add(event, field === undefined ? undefined : replace(field, index++));
      if (++events % EVENTS_PER_TURN === 0) yield;
    }
    return yield* edit.finish();
  }
}

interface Renaming {
  readonly piece: number;
  readonly key: string;
  readonly wanted: string;
}

interface OpenObject {
  readonly keys: string[];
  readonly renamings: Renaming[];
}

/** The text in pieces: unchanged stretches and replaced tokens. */
class JsonEdit {
  readonly #pieces: string[] = [];
  readonly #open: OpenObject[] = [];
  readonly #renamed: OpenObject[] = [];
  #copied = 0;

  constructor(private readonly text: string) {}

  add(event: TextEvent, replacement: string | undefined): void {
    if (event.kind === 'object' || event.kind === 'array') this.#open.push({ keys: [], renamings: [] });
    else if (event.kind === 'close') this.#close();
    else if (event.kind === 'key') this.#key(event, replacement);
    else if (replacement !== undefined) this.#replace(event, replacement);
  }

  *finish(): Generator<void, string> {
    if (this.#pieces.length === 0) return this.text;
    for (const object of this.#renamed) yield* this.#rename(object);
    this.#pieces.push(this.text.slice(this.#copied));
    return this.#pieces.join('');
  }

  #close(): void {
    const object = this.#open.pop();
    if (object !== undefined && object.renamings.length > 0) this.#renamed.push(object);
  }

  #key(event: TextEvent, replacement: string | undefined): void {
    const object = this.#open.at(-1);
    object?.keys.push(event.text);
    if (replacement === undefined || replacement === event.text) return;
    const piece = this.#replace(event, replacement);
    object?.renamings.push({ piece, key: event.text, wanted: replacement });
  }

  #replace(event: TextEvent, replacement: string): number {
    this.#pieces.push(this.text.slice(this.#copied, event.start));
    this.#copied = event.end;
    return this.#pieces.push(JSON.stringify(replacement)) - 1;
  }

  /** Settles new names once all keys of the object are known; a duplicate key stays a duplicate. */
  *#rename({ keys, renamings }: OpenObject): Generator<void, void> {
    const taken = new Set(keys);
    const names = new MemberNames((name) => taken.has(name));
    const renamed = new Map<string, string>();
    let settled = 0;
    for (const { piece, key, wanted } of renamings) {
      const name = renamed.get(key) ?? names.free(wanted);
      renamed.set(key, name);
      taken.add(name);
      this.#pieces[piece] = JSON.stringify(name);
      if (++settled % EVENTS_PER_TURN === 0) yield;
    }
  }
}
