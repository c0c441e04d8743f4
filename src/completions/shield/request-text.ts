import { EngineErrors, EngineJsonText } from '../../redaction/index.js';
import type { JsonObject, JsonValue } from '../json.js';

/** Where a text of a request stands in its copy; undefined for one within a text that is JSON. */
type Place =
  | { readonly container: JsonObject | JsonValue[]; readonly member: string | number }
  | { readonly object: JsonObject; readonly key: string };

/** What is searched: a text, and the names it stands under. */
interface Searched {
  readonly text: string;
  readonly labels: readonly string[];
}

/** One text of a request that is searched, and what comes in its place. */
export class RequestText {
  replacement: string | undefined;

  /**
   * @param isName is replaced as a whole, since something else refers to it
   * @param isLink is a web address, and has to stay one
   */
  constructor(
    readonly value: Searched,
    readonly isName: boolean,
    readonly isLink: boolean,
    private readonly place?: Place,
  ) {}

  /** Writes what has changed into the copy; keys are noted for {@link renameMembers}. */
  write(renamed: Map<JsonObject, Map<string, string>>): void {
    const { replacement, place } = this;
    if (replacement === undefined || place === undefined) return;
    if ('container' in place) setMember(place.container, place.member, replacement);
    else {
      const names = renamed.get(place.object) ?? new Map<string, string>();
      renamed.set(place.object, names.set(place.key, replacement));
    }
  }
}

/** Sets a member, one called `__proto__` too. */
export function setMember(
  container: JsonObject | JsonValue[],
  member: string | number,
  value: JsonValue,
): void {
  Object.defineProperty(container, member, { value, writable: true, enumerable: true, configurable: true });
}

/** Gives members new names, in their places; where one is taken already, a number follows. */
export function renameMembers(object: JsonObject, names: ReadonlyMap<string, string>): void {
  const members = Object.entries(object);
  const taken = new Set(members.map(([name]) => name));
  for (const [name] of members) delete object[name];
  for (const [name, value] of members) {
    const wanted = names.get(name);
    let free = wanted ?? name;
    for (let number = 2; wanted !== undefined && taken.has(free); number++) free = `${wanted}_${number}`;
    taken.add(free);
    setMember(object, free, value);
  }
}

/** Texts within a text that is JSON, at most so deep. */
const DEEPEST = 12;

/** A text that is JSON itself, as tool arguments are: what is in it is searched as it is read, however it is spelled. */
export class NestedTexts {
  private constructor(
    private readonly host: RequestText,
    private readonly document: EngineJsonText.JsonTextDocument,
    readonly texts: readonly RequestText[],
    readonly depth: number,
  ) {}

  /** Undefined where the text is no JSON. */
  static open(host: RequestText, depth: number): NestedTexts | undefined {
    if (depth > DEEPEST || !/^\s*[[{]/.test(host.value.text)) return undefined;
    try {
      const document = new EngineJsonText.JsonTextDocument(host.value.text);
      const texts: RequestText[] = [];
      for (const { value, part } of document.fields())
        texts.push(new RequestText(value, part === 'key', false));
      return new NestedTexts(host, document, texts, depth);
    } catch (error) {
      if (error instanceof EngineErrors.EngineInputError) return undefined;
      throw error;
    }
  }

  /** Writes what has changed into the text that holds it. */
  *write(): Generator<void, void> {
    if (this.texts.every(({ replacement }) => replacement === undefined)) return;
    this.host.replacement = yield* this.document.rewrite((_, index) => this.texts[index]?.replacement);
  }
}
