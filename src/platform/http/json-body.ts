import { TimeSlice } from '../cooperation/time-slice.js';
import {
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  JsonSkimmer,
  jsonFault,
  OPEN_ARRAY,
  OPEN_OBJECT,
  StrayByte,
} from './json-skimmer.js';

/** How much is handed to JSON.parse in one go, in bytes: well under a millisecond of work. */
const GROUP_BYTES = 64 * 1024;
/** Large objects and arrays this near the root are taken apart; a larger one deeper down is parsed in one go. */
const OPEN_LEVELS = 4;

/** Members of one object or array, gone over and not yet parsed. */
interface Group {
  start: number;
  end: number;
}

/** How an object or array is taken apart. */
interface Container {
  readonly close: number;
  /** Adds members from the text between brackets. */
  add(group: Group): void;
  /** Goes over one member; for one with a large value returns what reads and adds it. */
  skip(): (() => Promise<void>) | undefined;
}

/**
 * Reads one JSON text as JSON.parse does, but gives way to other work in between, however large the text is: large
 * objects and arrays near the root are taken apart here, and what is in them is handed to JSON.parse in groups.
 */
export class JsonBody {
  private readonly text: JsonSkimmer;
  private readonly slice = new TimeSlice();

  /**
   * @param bytes valid UTF-8
   * @param groupBytes how much is parsed in one go, and from which size on an object or array is taken apart
   */
  constructor(
    bytes: Buffer,
    private readonly groupBytes = GROUP_BYTES,
  ) {
    this.text = new JsonSkimmer(bytes);
  }

  /** @throws SyntaxError whose message has no more than the character position of the fault, where it is known */
  async read(): Promise<unknown> {
    try {
      this.text.skipSpace();
      const value = await this.value(0);
      this.text.skipSpace();
      if (!this.text.isAtEnd) throw new StrayByte();
      return value;
    } catch (error) {
      throw error instanceof StrayByte ? jsonFault(this.text.character) : error;
    }
  }

  private async value(depth: number): Promise<unknown> {
    if (depth < OPEN_LEVELS && this.text.next === OPEN_OBJECT) return this.object(depth);
    if (depth < OPEN_LEVELS && this.text.next === OPEN_ARRAY) return this.array(depth);
    await this.slice.pause();
    const start = this.text.at;
    this.text.skipValue(Number.POSITIVE_INFINITY);
    return this.text.parse(start, this.text.at);
  }

  private async object(depth: number): Promise<object> {
    const members = {};
    const skip = () => {
      const start = this.text.at;
      const end = this.text.skipName();
      if (this.text.skipValue(this.groupBytes)) return undefined;
      return async () => set(members, this.text.parse(start, end), await this.value(depth + 1));
    };
    const add = ({ start, end }: Group): void => {
      const some = this.text.parse<object>(start, end, '{', '}');
      for (const [name, value] of Object.entries(some)) set(members, name, value);
    };
    await this.takeApart({ close: CLOSE_OBJECT, add, skip });
    return members;
  }

  private async array(depth: number): Promise<unknown[]> {
    const items: unknown[] = [];
    const skip = () => {
      if (this.text.skipValue(this.groupBytes)) return undefined;
      return async () => void items.push(await this.value(depth + 1));
    };
    const add = ({ start, end }: Group): void => {
      for (const item of this.text.parse<unknown[]>(start, end, '[', ']')) items.push(item);
    };
    await this.takeApart({ close: CLOSE_ARRAY, add, skip });
    return items;
  }

  private async takeApart(container: Container): Promise<void> {
    const { text } = this;
    text.at += 1;
    text.skipSpace();
    const group: Group = { start: text.at, end: text.at };
    try {
      if (text.next !== container.close) await this.members(container, group);
      flush(container, group);
      text.at += 1;
    } catch (error) {
      if (!(error instanceof StrayByte)) throw error;
      // What was gone over before it comes first, and may hold a fault of its own.
      flush(container, group);
      text.count(group.end, text.at);
      throw jsonFault(text.character);
    }
  }

  private async members(container: Container, group: Group): Promise<void> {
    const { text } = this;
    for (;;) {
      const start = text.at;
      const readLarge = container.skip();
      if (readLarge) {
        flush(container, group);
        await readLarge();
        group.start = text.at;
      } else if (group.start === group.end) group.start = start;
      group.end = text.at;
      if (group.end - group.start > this.groupBytes) {
        flush(container, group);
        await this.slice.pause();
      }
      text.skipSpace();
      if (text.next === container.close) return;
      text.skipComma();
    }
  }
}

/** Adds the members of a group; afterwards it is empty. */
function flush(container: Container, group: Group): void {
  if (group.end > group.start) container.add(group);
  group.start = group.end;
}

/** As JSON.parse does: `__proto__` is a name like any other. */
function set(members: object, name: string, value: unknown): void {
  Object.defineProperty(members, name, { value, enumerable: true, configurable: true, writable: true });
}
