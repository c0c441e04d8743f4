import {
  ALT,
  ALT_MATCH,
  CAPTURE,
  EMPTY_WIDTH,
  MATCH,
  NOP,
  type PatternProgram,
  readRune,
  readsRune,
} from './pattern-program.js';

const BEGIN_LINE = 1;
const END_LINE = 2;
const BEGIN_TEXT = 4;
const END_TEXT = 8;
const WORD_BOUNDARY = 16;
const NO_WORD_BOUNDARY = 32;
const NEW_LINE = 10;

/** Threads in order of priority: a sparse set of program counters, each with the start of its match. */
class Threads {
  size = 0;
  readonly counters: Int32Array;
  readonly starts: Int32Array;
  readonly #places: Int32Array;

  constructor(capacity: number) {
    this.counters = new Int32Array(capacity);
    this.starts = new Int32Array(capacity);
    this.#places = new Int32Array(capacity);
  }

  has(counter: number): boolean {
    const place = this.#places[counter] as number;
    return place < this.size && this.counters[place] === counter;
  }

  add(counter: number, start: number): void {
    this.#places[counter] = this.size;
    this.counters[this.size] = counter;
    this.starts[this.size] = start;
    this.size++;
  }
}

/**
 * Finds all matches of one program in one text, leftmost-first as RE2 does, by Thompson's simulation in the form of
 * Pike (R. Cox, "Regular Expression Matching: the Virtual Machine Approach", 2009). It can stop after any
 * character and go on later, so that a text is searched in slices with the result of one search. Work per character
 * is bounded by the size of the program.
 */
export class PatternMachine {
  readonly #program: PatternProgram;
  readonly #stack: Int32Array;
  #text = '';
  #at = 0;
  #current: Threads;
  #next: Threads;
  #matchStart = -1;
  #matchEnd = -1;
  #found: [number, number][] = [];

  constructor(program: PatternProgram) {
    this.#program = program;
    const size = program.instructions.length;
    this.#stack = new Int32Array(size * 2 + 2);
    this.#current = new Threads(size);
    this.#next = new Threads(size);
  }

  /** Begins with a new text. */
  begin(text: string): void {
    this.#text = text;
    this.#at = 0;
    this.#current.size = 0;
    this.#matchStart = -1;
  }

  /** Works for about `effort` steps; returns the matches completed, and whether the text is done. */
  advance(effort: number): { matches: [number, number][]; done: boolean } {
    this.#found = [];
    let left = effort;
    let done = false;
    while (left > 0 && !done) {
      left -= 1 + this.#current.size;
      done = this.#step();
    }
    if (done) this.#text = '';
    return { matches: this.#found, done };
  }

  /** Reads one character, or skips to where a match can begin; true at the end of the text. */
  #step(): boolean {
    const text = this.#text;
    if (this.#current.size === 0) {
      if (this.#matchStart >= 0) this.#accept();
      this.#at = this.#skip(this.#at);
      if (this.#at >= text.length) return true;
    }
    if (this.#matchStart < 0) this.#follow(this.#current, this.#program.start, this.#at, this.#at);
    const rune = this.#at < text.length ? (text.codePointAt(this.#at) as number) : -1;
    const next = this.#at + (rune > 0xffff ? 2 : 1);
    this.#run(rune, next);
    const finished = this.#current;
    finished.size = 0;
    this.#current = this.#next;
    this.#next = finished;
    this.#at = next;
    return this.#at > text.length && this.#ended();
  }

  /** At the end of the text: takes the match in hand, if any, and says whether the rest is to be searched. */
  #ended(): boolean {
    this.#current.size = 0;
    if (this.#matchStart < 0) return true;
    this.#accept();
    return this.#at >= this.#text.length;
  }

  #accept(): void {
    this.#found.push([this.#matchStart, this.#matchEnd]);
    this.#at = this.#matchEnd;
    this.#matchStart = -1;
  }

  #skip(from: number): number {
    const text = this.#text;
    const { first } = this.#program;
    const limit = Math.min(text.length, from + 65_536);
    let at = from;
    while (at < limit) {
      const code = text.charCodeAt(at);
      if (first[Math.min(code, 128)] === 1) break;
      at++;
    }
    return at;
  }

  #run(rune: number, next: number): void {
    const { instructions } = this.#program;
    const threads = this.#current;
    for (let place = 0; place < threads.size; place++) {
      const instruction = instructions[threads.counters[place] as number];
      if (instruction === undefined) continue;
      const start = threads.starts[place] as number;
      if (instruction.op === MATCH) {
        this.#matchStart = start;
        this.#matchEnd = this.#at;
        return;
      }
      if (rune >= 0 && readsRune(instruction) && readRune(instruction, rune)) {
        this.#follow(this.#next, instruction.out, start, next);
      }
    }
  }

  /** Adds a thread and all it leads to without reading, in order of priority. */
  #follow(threads: Threads, from: number, start: number, at: number): void {
    const { instructions } = this.#program;
    const stack = this.#stack;
    let depth = 0;
    stack[depth++] = from;
    while (depth > 0) {
      const counter = stack[--depth] as number;
      if (threads.has(counter)) continue;
      threads.add(counter, start);
      const instruction = instructions[counter];
      if (instruction === undefined) continue;
      const { op, out, arg } = instruction;
      if (op === ALT || op === ALT_MATCH) {
        stack[depth++] = arg;
        stack[depth++] = out;
      } else if (
        op === CAPTURE ||
        op === NOP ||
        (op === EMPTY_WIDTH && (arg & ~this.#conditions(at)) === 0)
      ) {
        stack[depth++] = out;
      }
    }
  }

  /** The empty-width conditions that hold between the characters at `at - 1` and `at`. */
  #conditions(at: number): number {
    const text = this.#text;
    const before = at > 0 ? text.charCodeAt(at - 1) : -1;
    const after = at < text.length ? text.charCodeAt(at) : -1;
    let conditions = 0;
    if (before < 0) conditions |= BEGIN_TEXT | BEGIN_LINE;
    if (before === NEW_LINE) conditions |= BEGIN_LINE;
    if (after < 0) conditions |= END_TEXT | END_LINE;
    if (after === NEW_LINE) conditions |= END_LINE;
    return conditions | (isAsciiWord(before) === isAsciiWord(after) ? NO_WORD_BOUNDARY : WORD_BOUNDARY);
  }
}

function isAsciiWord(code: number): boolean {
  return (
    (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95
  );
}
