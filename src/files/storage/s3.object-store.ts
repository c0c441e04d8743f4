import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListMultipartUploadsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { Settings } from '../../platform/config/settings.js';
import { assertObjectKey, ObjectStore } from './object-store.js';
import { bucketError, isMissing, s3Error } from './s3.errors.js';
import { S3Body } from './s3-body.js';
import { ObjectMissing } from './storage.errors.js';

/** The least a part may be; one upload holds about two of them in memory. */
const PART = 5 * 2 ** 20;
/** A server that cannot be reached is given up after a few seconds, a silent one after less than a minute. */
const TRIES = 3;
const CONNECT_MS = 2_000;
const ANSWER_MS = 15_000;

type S3Settings = Pick<
  Settings,
  'S3_ENDPOINT' | 'S3_REGION' | 'S3_ACCESS_KEY_ID' | 'S3_SECRET_ACCESS_KEY'
> & { readonly S3_BUCKET: string };

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
    this.client = createClient(settings, answerMs);
  }

  async put(key: string, source: Readable, signal: AbortSignal): Promise<{ size: number }> {
    const place = this.placeOf(key);
    const body = new UploadBody(source);
    const stop = () => source.destroy(new Error('the upload was stopped'));
    signal.addEventListener('abort', stop, { once: true });
    try {
      signal.throwIfAborted();
      const params = { ...place, Body: body.stream, ContentType: 'application/octet-stream' };
      await new Upload({ client: this.client, params, queueSize: 1, partSize: PART }).done();
      if (signal.aborted) await this.delete(key);
      signal.throwIfAborted();
      return { size: body.size };
    } catch (error) {
      source.destroy();
      if (signal.aborted) throw signal.reason;
      throw body.failure ?? s3Error(error);
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

  private placeOf(key: string) {
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

/** What an upload reads: it counts the bytes, and tells a failure of the source from one of S3. */
class UploadBody {
  size = 0;
  failure: unknown;
  readonly stream: Readable;

  constructor(private readonly source: Readable) {
    // Whoever reads it meets the error; where nobody does any more it must not end the process.
    source.on('error', () => {});
    this.stream = Readable.from(this.read(), { objectMode: false });
  }

  private async *read(): AsyncGenerator<Buffer> {
    // The reader's failure comes in at the yield, the source's anywhere else.
    let isOut = false;
    try {
      for await (const chunk of this.source) {
        this.size += chunk.length;
        isOut = true;
        yield chunk;
        isOut = false;
      }
    } catch (error) {
      if (!isOut) this.failure = error;
      throw error;
    }
  }
}

/**
 * Checksums beyond those that requests need, and asking leave to send (Expect), are unknown to many servers that speak
 * S3. A server of one's own is addressed by path: it rarely has a name for each bucket.
 */
function createClient(settings: S3Settings, answerMs: number): S3Client {
  const { S3_ENDPOINT, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = settings;
  return new S3Client({
    region: S3_REGION,
    ...(S3_ENDPOINT && { endpoint: S3_ENDPOINT, forcePathStyle: true }),
    ...(S3_ACCESS_KEY_ID &&
      S3_SECRET_ACCESS_KEY && {
        credentials: { accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY },
      }),
    maxAttempts: TRIES,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    expectContinueHeader: false,
    requestHandler: {
      connectionTimeout: CONNECT_MS,
      requestTimeout: answerMs,
      throwOnRequestTimeout: true,
      httpAgent: { maxSockets: 512 },
      httpsAgent: { maxSockets: 512 },
    },
  });
}
