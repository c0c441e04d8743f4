import { StringDecoder } from 'node:string_decoder';

/** Longest event that is taken in, in code units: a model server's largest honest one is far smaller. */
export const MOST_EVENT = 4 * 1024 * 1024;

/** A stream of events that cannot be read. */
export class SseFormatError extends Error {
  override readonly name = 'SseFormatError';
}

/**
 * Reads server-sent events (WHATWG HTML, section 9.2.6) from bytes that are cut anywhere: within a line end, a line, or a
 * character. Hands out the data of each event; what kind it is and its id do not matter here, and comments are passed over.
 */
export class SseReader {
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';
  #data: string | undefined;
  #isFirst = true;
  /** The last text ended in a carriage return: a line feed that follows belongs to it. */
  #skipLineFeed = false;

  /** The events that these bytes complete, in order. @throws SseFormatError for one that is too long */
  push(bytes: Uint8Array): string[] {
    return this.#read(this.#decoder.write(bytes as Buffer));
  }

  /**
   * The event that the end of the stream completes, if any. The standard drops what no empty line has ended; model servers
   * that leave out the last one mean it all the same.
   */
  end(): string[] {
    const events = this.#read(`${this.#decoder.end()}\n\n`);
    this.#rest = '';
    return events;
  }

  #read(decoded: string): string[] {
    let text = decoded;
    if (this.#skipLineFeed && text !== '') {
      if (text.startsWith('\n')) text = text.slice(1);
      this.#skipLineFeed = false;
    }
    if (this.#isFirst && text !== '') {
      if (text.startsWith('\uFEFF')) text = text.slice(1);
      this.#isFirst = false;
    }
    const events: string[] = [];
    let from = 0;
    for (;;) {
      const end = lineEnd(text, from);
      if (end < 0) break;
      const line = this.#rest === '' ? text.slice(from, end) : this.#rest + text.slice(from, end);
      this.#rest = '';
      this.#line(line, events);
      from = end + 1;
      if (text.charCodeAt(end) !== 13) continue;
      if (from < text.length) from += text.charCodeAt(from) === 10 ? 1 : 0;
      else this.#skipLineFeed = true;
    }
    this.#rest += text.slice(from);
    this.#check(this.#rest.length);
    return events;
  }

  #line(line: string, events: string[]): void {
    if (line === '') {
      if (this.#data !== undefined) events.push(this.#data);
      this.#data = undefined;
      return;
    }
    if (!line.startsWith('data')) return;
    const value = dataOf(line);
    if (value === undefined) return;
    this.#data = this.#data === undefined ? value : `${this.#data}\n${value}`;
    this.#check(this.#data.length);
  }

  #check(length: number): void {
    if (length > MOST_EVENT) throw new SseFormatError('an event is too long');
  }
}

/** Where the line from here on ends; -1 when it does not end in the text. */
function lineEnd(text: string, from: number): number {
  const feed = text.indexOf('\n', from);
  const carriage = text.indexOf('\r', from);
  if (carriage < 0) return feed;
  return feed < 0 ? carriage : Math.min(feed, carriage);
}

/** Of a line that begins with `data`; undefined for a field of another, longer name. */
function dataOf(line: string): string | undefined {
  if (line.length === 4) return '';
  if (line.charCodeAt(4) !== 58) return undefined;
  return line.charCodeAt(5) === 32 ? line.slice(6) : line.slice(5);
}
