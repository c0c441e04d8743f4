import { Worker } from 'node:worker_threads';
import type { SearchJob, SearchReply } from './search-job.js';

/** The thread ended before it had answered. */
export class SearchThreadEnded extends Error {
  override readonly name = 'SearchThreadEnded';
}

/** How often a search is asked whether it is still wanted, and how long it has then to end by itself, in milliseconds. */
const LOOK_MS = 50;
const PATIENCE_MS = 1_000;

/** For one text of 50 MB with all that may be found in it. */
const LIMITS = { maxOldGenerationSizeMb: 1_024 };

/** A thread that searches one text at a time. */
export class SearchThread {
  readonly #worker: Worker;
  #isAlive = true;

  constructor(program: string) {
    this.#worker = new Worker(program, { resourceLimits: LIMITS, env: {}, stdout: true, stderr: true });
    this.#worker.unref();
    // Told by its end.
    this.#worker.on('error', () => {});
    this.#worker.once('exit', () => {
      this.#isAlive = false;
    });
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  async end(): Promise<void> {
    this.#isAlive = false;
    await this.#worker.terminate();
  }

  /**
   * To be called again only once it has answered. A search that does not stop when it is told to takes its thread with it.
   * @throws SearchThreadEnded; the signal's reason
   */
  async search(job: SearchJob, signal: () => AbortSignal): Promise<SearchReply> {
    const stop = new Int32Array(new SharedArrayBuffer(4));
    let timer: NodeJS.Timeout | undefined;
    let since: number | undefined;
    let left: (() => void) | undefined;
    const answer = new Promise<SearchReply>((resolve, reject) => {
      this.#worker.once('message', resolve);
      left = () => reject(new SearchThreadEnded('a searching thread has ended'));
      this.#worker.once('exit', left);
      timer = setInterval(() => {
        if (!signal().aborted) return;
        Atomics.store(stop, 0, 1);
        since ??= performance.now();
        if (performance.now() - since > PATIENCE_MS) void this.end();
      }, LOOK_MS);
    });
    this.#worker.ref();
    this.#worker.postMessage({ job, stop });
    try {
      const reply = await answer;
      signal().throwIfAborted();
      return reply;
    } catch (error) {
      signal().throwIfAborted();
      throw error;
    } finally {
      clearInterval(timer);
      this.#worker.removeAllListeners('message');
      if (left) this.#worker.off('exit', left);
      this.#worker.unref();
    }
  }
}
