import { inkOf } from '../finding/page-view.js';

/** How often each character stands on a page, white space aside. */
export class CharacterCounts {
  readonly #counts = new Map<number, number>();

  constructor(codes: Iterable<number>) {
    for (const code of codes) this.#add(code, 1);
  }

  take(code: number): void {
    this.#add(code, -1);
  }

  /** How many characters are there beyond these, and how many are missing. */
  comparedWith(codes: Iterable<number>): { left: number; lost: number } {
    const rest = new CharacterCounts(codes);
    let [left, lost] = [0, 0];
    for (const ink of new Set([...this.#counts.keys(), ...rest.#counts.keys()])) {
      const more = (rest.#counts.get(ink) ?? 0) - (this.#counts.get(ink) ?? 0);
      left += Math.max(0, more);
      lost += Math.max(0, -more);
    }
    return { left, lost };
  }

  #add(code: number, count: number): void {
    const ink = inkOf(code);
    if (ink !== undefined) this.#counts.set(ink, (this.#counts.get(ink) ?? 0) + count);
  }
}
