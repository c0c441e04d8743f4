import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListMultipartUploadsCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { assertObjectKey, ObjectStore } from './object-store.js';
import { bucketError, isMissing, s3Error } from './s3.errors.js';
import { S3Body } from './s3-body.js';
import { ANSWER_MS, createS3Client, type S3Settings } from './s3-client.js';
import { type S3Place, S3Upload } from './s3-upload.js';
import { ObjectMissing } from './storage.errors.js';

/** Objects in a bucket of Amazon S3 or of a server that speaks its protocol. */
export class S3ObjectStore extends ObjectStore {
  private readonly client: S3Client;
  private readonly bucket: string;

  constructor(
    settings: S3Settings,
    private readonly answerMs = ANSWER_MS,
  ) {
    super();
    this.bucket = settings.S3_BUCKET;
    this.client = createS3Client(settings, answerMs);
  }

  async put(key: string, source: Readable, signal: AbortSignal): Promise<{ size: number }> {
    const place = this.placeOf(key);
    const stop = () => source.destroy(new Error('the upload was stopped'));
    // It may fail when nothing reads it any more, which must not end the process.
    source.on('error', () => {});
    signal.addEventListener('abort', stop, { once: true });
    try {
      signal.throwIfAborted();
      const size = await new S3Upload(this.client, place).send(source);
      if (signal.aborted) await this.delete(key);
      signal.throwIfAborted();
      return { size };
    } catch (error) {
      source.destroy();
      throw signal.aborted ? signal.reason : error;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  async get(key: string): Promise<Readable> {
    const place = this.placeOf(key);
    try {
      const { Body } = await this.client.send(new GetObjectCommand(place));
      if (!(Body instanceof Readable)) throw new Error('S3 sent no body');
      return new S3Body(Body, this.answerMs);
    } catch (error) {
      throw isMissing(error) ? new ObjectMissing({ cause: error }) : s3Error(error);
    }
  }

  async delete(key: string): Promise<void> {
    const place = this.placeOf(key);
    try {
      await this.client.send(new DeleteObjectCommand(place));
      for (const UploadId of await this.unfinished(key)) {
        await this.client.send(new AbortMultipartUploadCommand({ ...place, UploadId })).catch(ignoreMissing);
      }
    } catch (error) {
      throw s3Error(error);
    }
  }

  async check(): Promise<void> {
    try {
      await this.client.send(new HeadBucketCommand({ Bucket: this.bucket }));
    } catch (error) {
      throw bucketError(error, this.bucket);
    }
  }

  close(): void {
    this.client.destroy();
  }

  private placeOf(key: string): S3Place {
    assertObjectKey(key);
    return { Bucket: this.bucket, Key: key };
  }

  /** Uploads in parts that a killed process left behind. */
  private async unfinished(key: string): Promise<string[]> {
    const { Uploads = [] } = await this.client.send(
      new ListMultipartUploadsCommand({ Bucket: this.bucket, Prefix: key }),
    );
    return Uploads.flatMap(({ Key, UploadId }) => (Key === key && UploadId ? [UploadId] : []));
  }
}

function ignoreMissing(error: unknown): void {
  if (!isMissing(error)) throw error;
}
