/** What work waits at until a test lets it on. */
export class Gate {
  static readonly all = new Set<Gate>();
  /** How many wait or waited. */
  begun = 0;
  private open: () => void = () => {};
  private readonly opened = new Promise<void>((resolve) => {
    this.open = resolve;
    Gate.all.add(this);
  });

  release(): void {
    this.open();
  }

  wait(): Promise<void> {
    this.begun += 1;
    return this.opened;
  }
}
