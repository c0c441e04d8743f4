import { detached } from './detached.js';

/** One large map pauses for long when it grows; many small ones do so in turn. */
const SHARDS = 64;
/** An entry of a map, an element of the list and a string's head, in bytes; measured on Node 20. */
const BYTES_PER_TERM = 72;

const shardOf = (term: string): number =>
  (term.charCodeAt(0) * 7 + term.charCodeAt(term.length >> 1) * 3 + term.charCodeAt(term.length - 1)) %
  SHARDS;

/** Numbers for terms, from 0; those of forgotten terms are used again. */
export class Lexicon {
  private readonly shards = Array.from({ length: SHARDS }, () => new Map<string, number>());
  private readonly terms: string[] = [];
  private readonly free: number[] = [];
  private characters = 0;

  find(term: string): number | undefined {
    return this.shards[shardOf(term)]?.get(term);
  }

  /** The number of a term, a new one when it has none. @param term of at least one character */
  intern(term: string): number {
    const shard = this.shards[shardOf(term)];
    const known = shard?.get(term);
    if (known !== undefined) return known;
    const number = this.free.pop() ?? this.terms.length;
    const own = detached(term);
    this.terms[number] = own;
    shard?.set(own, number);
    this.characters += own.length;
    return number;
  }

  termOf(number: number): string {
    return this.terms[number] ?? '';
  }

  forget(number: number): void {
    const term = this.termOf(number);
    this.shards[shardOf(term)]?.delete(term);
    this.terms[number] = '';
    this.characters -= term.length;
    this.free.push(number);
  }

  /** How many terms have a number. */
  get size(): number {
    return this.terms.length - this.free.length;
  }

  /** An estimate. */
  get bytes(): number {
    return this.terms.length * BYTES_PER_TERM + this.characters;
  }
}
