import type { FileHandle } from 'node:fs/promises';
import { Readable, Writable } from 'node:stream';
import { storageError, storageUnavailable } from './storage.errors.js';

/** What one stream holds in memory, in bytes: enough for large writes, little enough for hundreds of streams. */
const BUFFER = 256 * 1024;

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** A file system's name for what went wrong, such as ENOENT. */
export const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

/** What a file system reported, as an error of ours. */
export function diskError(error: unknown): Error {
  return FULL.has(codeOf(error)) ? storageError('STORAGE_FULL', { cause: error }) : storageUnavailable(error);
}

/** So many bytes are sent on to the disk while more of them come, so that little is left to wait for in the end. */
const FLUSH_BYTES = 4 * 2 ** 20;

/** Writes to an open file, which stays open. Chunks that come while one is written go out together, uncopied. */
export class FileSink extends Writable {
  size = 0;
  private flushedBytes = 0;
  private flushing: Promise<void> | undefined;
  private failure: Error | undefined;

  constructor(private readonly file: FileHandle) {
    super({ highWaterMark: BUFFER, decodeStrings: true });
  }

  /** Waits until all that was written is on the disk. */
  async sync(): Promise<void> {
    await this.flushing;
    // The system tells of a failed write once only, to whoever asked first.
    if (this.failure) throw this.failure;
    await this.file.sync().catch((error) => {
      throw diskError(error);
    });
  }

  private flush(): void {
    if (this.flushing || this.size - this.flushedBytes < FLUSH_BYTES) return;
    this.flushedBytes = this.size;
    this.flushing = this.file
      .datasync()
      .catch((error) => {
        this.failure = diskError(error);
      })
      .finally(() => {
        this.flushing = undefined;
      });
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error) => void): void {
    this.append([chunk]).then(() => done(), done);
  }

  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error) => void): void {
    this.append(chunks.map(({ chunk }) => chunk)).then(() => done(), done);
  }

  private async append(chunks: readonly Buffer[]): Promise<void> {
    let rest = chunks;
    while (rest.length > 0) {
      const { bytesWritten } = await this.file.writev(rest).catch((error) => {
        throw diskError(error);
      });
      this.size += bytesWritten;
      rest = without(rest, bytesWritten);
    }
    this.flush();
  }
}

/** What is left of the chunks once so many bytes of them are written; a disk that gets full writes only a part. */
function without(chunks: readonly Buffer[], bytes: number): Buffer[] {
  const rest: Buffer[] = [];
  let skip = bytes;
  for (const chunk of chunks) {
    if (skip < chunk.length) rest.push(skip === 0 ? chunk : chunk.subarray(skip));
    skip = Math.max(0, skip - chunk.length);
  }
  return rest;
}

/** Reads an open file from its start, and closes it. */
export class FileSource extends Readable {
  constructor(private readonly file: FileHandle) {
    super({ highWaterMark: BUFFER });
  }

  override _read(): void {
    const buffer = Buffer.allocUnsafeSlow(BUFFER);
    this.file.read(buffer, 0, BUFFER).then(
      ({ bytesRead }) => this.push(bytesRead === 0 ? null : buffer.subarray(0, bytesRead)),
      (error) => this.destroy(diskError(error)),
    );
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.file.close().then(
      () => done(error),
      () => done(error),
    );
  }
}
