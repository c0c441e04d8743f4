/** How often one completion may have tools called, and how many calls that may be. */
export const MOST_ROUNDS = 8;
export const MOST_CALLS = 32;

/** What is left to one completion. */
export class ToolBudget {
  private rounds = 0;
  private calls = 0;

  /** Whether nothing is left: the model is asked for an answer without tools, and gets no further one. */
  get isSpent(): boolean {
    return this.rounds >= MOST_ROUNDS || this.calls >= MOST_CALLS;
  }

  /** Takes a round of so many calls; false where it has more than are left, of which none is to be made then. */
  take(calls: number): boolean {
    const fits = this.calls + calls <= MOST_CALLS;
    this.rounds += 1;
    this.calls = fits ? this.calls + calls : MOST_CALLS;
    return fits;
  }
}
