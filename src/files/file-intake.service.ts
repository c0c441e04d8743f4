import { type Readable, Transform, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { OwnKeys, sealStream } from '../crypto/index.js';
import { RunningSha256 } from '../platform/digest/running-sha256.js';
import { newId } from '../platform/http/ids.js';
import { LooseObjects } from '../platform/storage/loose-objects.service.js';
import { newObjectKey, ObjectStore } from '../platform/storage/object-store.js';
import { bytesPlaceOf } from './file-place.js';
import { fileTooLarge } from './files.errors.js';
import { FormatSniffer } from './formats/format-sniffer.js';

/** A file whose bytes are stored, encrypted, while nothing refers to them yet. */
export interface TakenFile {
  readonly fileId: string;
  readonly version: number;
  readonly objectKey: string;
  /** What the bytes are sealed under: never stored as it is. */
  readonly fileKey: Buffer;
  readonly size: number;
  readonly storedSize: number;
  /** SHA-256 of the plaintext. */
  readonly digest: Buffer;
  readonly sniffer: FormatSniffer;
}

/** Passes bytes on and learns from them: how many, their digest, their format. */
class Meter extends Transform {
  readonly sha256 = new RunningSha256();
  readonly sniffer = new FormatSniffer();
  size = 0;

  constructor(private readonly limit: number) {
    super();
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    this.size += chunk.length;
    if (this.size > this.limit) {
      done(fileTooLarge(this.limit));
      return;
    }
    this.sha256.update(chunk);
    this.sniffer.update(chunk);
    done(null, chunk);
  }
}

/** Brings bytes into the object store, each file under a key of its own, without ever holding more than a piece. */
@Injectable()
export class FileIntake {
  constructor(
    private readonly store: ObjectStore,
    private readonly loose: LooseObjects,
  ) {}

  /**
   * Stores what the stream gives. The object is loose until a transaction claims it; when this throws, nothing is left.
   * @param limit most bytes
   * @throws AppError FILE_TOO_LARGE, STORAGE_FULL, STORAGE_UNAVAILABLE; what the stream threw; the signal's reason
   */
  async take(
    organizationId: string,
    bytes: Readable,
    limit: number,
    signal: AbortSignal,
  ): Promise<TakenFile> {
    const [fileId, version, objectKey, fileKey] = [newId('file'), 1, newObjectKey(), OwnKeys.newKey()];
    const meter = new Meter(limit);
    const sealed = sealStream(fileKey, bytesPlaceOf({ id: fileId, organizationId, version }));
    const held = await this.loose.register(objectKey);
    const both = AbortSignal.any([signal, held]);
    try {
      const flow = pipeline(bytes, meter, sealed);
      const stored = this.store.put(objectKey, sealed, both);
      const { size: storedSize } = await together(flow, stored, sealed);
      const digest = meter.sha256.digest();
      const { size, sniffer } = meter;
      return { fileId, version, objectKey, fileKey, size, storedSize, digest, sniffer };
    } catch (error) {
      await this.loose.abandon(objectKey);
      throw error;
    }
  }

  /**
   * Leaves a file to whoever claims it within a minute: after that it is removed, whatever became of this process.
   * @throws AppError STORAGE_UNAVAILABLE when it is lost already
   */
  leave({ objectKey }: TakenFile): Promise<void> {
    return this.loose.leave(objectKey);
  }

  /** Gives up a file that no transaction claimed. Never throws. */
  abandon({ objectKey }: Pick<TakenFile, 'objectKey'>): Promise<void> {
    return this.loose.abandon(objectKey);
  }
}

/** An end of a stream that was closed since the other end failed. */
const isEcho = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';

/** Waits for both ends of a stream, even when one fails: what failed first is what is told. */
async function together<T>(flow: Promise<void>, stored: Promise<T>, between: Transform): Promise<T> {
  const failures: unknown[] = [];
  const note = (error: unknown): void => {
    failures.push(error);
    between.destroy(error instanceof Error ? error : undefined);
  };
  const [, kept] = await Promise.allSettled([flow.catch(note), stored.catch(note)]);
  if (failures.length > 0) throw failures.find((error) => !isEcho(error)) ?? failures[0];
  if (kept.status === 'fulfilled' && kept.value !== undefined) return kept.value as T;
  throw new Error('the object store did not answer');
}
