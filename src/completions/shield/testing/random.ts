/** Random numbers that a seed repeats (mulberry32). */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** At least 0, below 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** At least 0, below `end`. */
  below(end: number): number {
    return Math.floor(this.next() * end);
  }

  pick<T>(items: readonly [T, ...T[]] | readonly T[]): T {
    return items[this.below(items.length)] as T;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** A text in pieces, cut anywhere. */
  cut(text: string): string[] {
    if (text.length < 300 && this.chance(0.1)) return text.split('');
    const pieces: string[] = [];
    const longest = 1 + this.below(40);
    for (let at = 0; at < text.length; ) {
      const end = at + 1 + this.below(longest);
      pieces.push(text.slice(at, end));
      at = end;
    }
    return pieces;
  }
}
