/**
 * The best of many by score, held in a heap whose root is the worst of them, so that each that is no better costs one comparison.
 * What is compared are small numbers that stand for things.
 */
export class Top {
  private readonly scores: Float64Array;
  private readonly things: Uint32Array;
  private size = 0;

  /**
   * @param limit how many are kept; at least 1
   * @param compare which of two with the same score comes first: negative when the one does
   */
  constructor(
    private readonly limit: number,
    private readonly compare: (one: number, other: number) => number,
  ) {
    this.scores = new Float64Array(limit);
    this.things = new Uint32Array(limit);
  }

  /** What has a lower score is not kept. */
  get least(): number {
    return this.size < this.limit ? Number.NEGATIVE_INFINITY : (this.scores[0] ?? 0);
  }

  offer(thing: number, score: number): void {
    if (this.size < this.limit) {
      this.size += 1;
      this.rise(this.size - 1, thing, score);
    } else if (score >= (this.scores[0] ?? 0) && this.isWorse(0, thing, score)) this.sink(thing, score);
  }

  /** What was kept, best first. */
  ranked(): { thing: number; score: number }[] {
    return Array.from({ length: this.size }, (_, at) => ({
      thing: this.things[at] ?? 0,
      score: this.scores[at] ?? 0,
    })).sort((one, other) => other.score - one.score || this.compare(one.thing, other.thing));
  }

  /** Whether what stands at a place is worse than the given. */
  private isWorse(at: number, thing: number, score: number): boolean {
    const own = this.scores[at] ?? 0;
    return own < score || (own === score && this.compare(this.things[at] ?? 0, thing) > 0);
  }

  private put(at: number, thing: number, score: number): void {
    this.things[at] = thing;
    this.scores[at] = score;
  }

  private rise(from: number, thing: number, score: number): void {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.isWorse(parent, thing, score)) break;
      this.put(at, this.things[parent] ?? 0, this.scores[parent] ?? 0);
      at = parent;
    }
    this.put(at, thing, score);
  }

  private sink(thing: number, score: number): void {
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.size) break;
      const right = child + 1;
      if (right < this.size && this.isWorse(right, this.things[child] ?? 0, this.scores[child] ?? 0))
        child = right;
      if (!this.isWorse(child, thing, score)) break;
      this.put(at, this.things[child] ?? 0, this.scores[child] ?? 0);
      at = child;
    }
    this.put(at, thing, score);
  }
}
