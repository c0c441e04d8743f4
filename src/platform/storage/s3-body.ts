import { Readable } from 'node:stream';
import { storageUnavailable } from './storage.errors.js';

/**
 * The bytes of an answer of S3. Its errors become ours, and a server that falls silent under way is given up; a reader
 * that takes its time is not, since nothing is asked for meanwhile.
 */
export class S3Body extends Readable {
  private readonly chunks: AsyncIterator<Buffer>;

  /** @param silenceMs longest wait for the next bytes */
  constructor(
    private readonly body: Readable,
    private readonly silenceMs: number,
  ) {
    super();
    this.chunks = body[Symbol.asyncIterator]();
  }

  override _read(): void {
    const late = setTimeout(() => this.body.destroy(new Error('S3 fell silent')), this.silenceMs);
    this.chunks
      .next()
      .finally(() => clearTimeout(late))
      .then(
        ({ done, value }) => this.push(done ? null : value),
        (error) => this.destroy(storageUnavailable(error)),
      );
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.body.destroy();
    done(error);
  }
}
