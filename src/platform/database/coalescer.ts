interface Waiting<In, Out> {
  readonly item: In;
  readonly resolve: (out: Out) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lets concurrent callers share one round trip. A call joins the next batch, never one already under way, so what
 * it reads is at least as new as the call, and what it wrote is committed when its promise resolves.
 */
export class Coalescer<In, Out> {
  private waiting: Waiting<In, Out>[] = [];
  private running = 0;

  /**
   * @param runBatch answers all items of a batch, in their order; when it throws, every caller of the batch gets the error
   * @param maxBatch most items of one batch
   * @param lanes batches that may be under way at the same time; one lane makes batches large, which costs least
   */
  constructor(
    private readonly runBatch: (items: readonly In[]) => Promise<readonly Out[]>,
    private readonly maxBatch = 256,
    private readonly lanes = 1,
  ) {}

  run(item: In): Promise<Out> {
    return new Promise<Out>((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      // Requests that arrived in the same turn of the event loop share a batch.
      if (this.waiting.length === 1) setImmediate(() => this.pump());
    });
  }

  private pump(): void {
    while (this.waiting.length > 0 && this.running < this.lanes) {
      const batch = this.waiting.splice(0, this.maxBatch);
      this.running += 1;
      void this.settle(batch);
    }
  }

  private async settle(batch: readonly Waiting<In, Out>[]): Promise<void> {
    try {
      const results = await this.runBatch(batch.map(({ item }) => item));
      if (results.length !== batch.length) throw new Error('a batch must answer each of its items');
      batch.forEach(({ resolve }, index) => {
        resolve(results[index] as Out);
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      this.running -= 1;
      this.pump();
    }
  }
}
