/** A wait that a ring ends early; a ring while nobody waits ends the next wait at once. */
export class Alarm {
  private rung = false;
  private wake: () => void = () => {};

  ring(): void {
    this.rung = true;
    this.wake();
  }

  async wait(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      if (this.rung) resolve();
      else timer = setTimeout(resolve, ms);
    });
    clearTimeout(timer);
    this.rung = false;
  }
}
