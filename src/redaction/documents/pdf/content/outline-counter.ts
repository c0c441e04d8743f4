/** Straight and upright segments, of which tables and frames consist: so many may be something else. */
const MANY_RULES = 200;
const RULES_OF_A_FRAME = 60;
const STROKES_OF_A_MARK = 3;

/**
 * Counts segments of paths. Text that was turned into outlines consists of curves and slanted lines; rules, tables and
 * frames do not.
 */
export class OutlineCounter {
  #strokes = 0;
  #rules = 0;
  #x = 0;
  #y = 0;

  add(operator: string, numbers: readonly number[]): void {
    const [x = 0, y = 0] = numbers.slice(-2);
    if (operator === 're') this.#rules += 4;
    else if (operator === 'l' && (x === this.#x || y === this.#y)) this.#rules++;
    else if (operator !== 'm' && operator !== 'h') this.#strokes++;
    if (operator === 'h' || operator === 're') return;
    this.#x = x;
    this.#y = y;
  }

  /** Whether there may be outlined text. */
  get mayBeText(): boolean {
    return this.#strokes > 0 || this.#rules > MANY_RULES;
  }

  /** Whether there is more than a frame, a line or a mark, as an otherwise empty page may have. */
  get isDrawing(): boolean {
    return this.#strokes > STROKES_OF_A_MARK || this.#rules > RULES_OF_A_FRAME;
  }
}
