import type { LeftOut } from './imported-chat.js';

const KIND = /^[a-z0-9_]{1,50}$/;

/** Collects what a conversation has that cannot be imported, so that nothing is dropped in silence. */
export class LeftOutList {
  readonly entries: LeftOut[] = [];

  /** @param kind as the file says it; anything that is no short word becomes `unknown` */
  add(path: string, kind: unknown): string {
    const word = typeof kind === 'string' && KIND.test(kind) ? kind : 'unknown';
    this.entries.push({ path, kind: word });
    return word;
  }

  /** The same, with what stands in its place in the text, so that a reader misses nothing unknowingly. */
  marked(path: string, kind: unknown): string {
    return `[${this.add(path, kind)}: not imported]`;
  }
}
