import {
  GetObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { assertRecordName, LedgerStore } from './ledger-store.js';
import { isMissing, s3Error } from './s3.errors.js';
import { createS3Client, type S3Settings } from './s3-client.js';

/** Records lie beside the objects, whose keys never begin like this. */
const PREFIX = 'ledger/';

/** Records in a bucket of Amazon S3 or of a server that speaks its protocol. */
export class S3LedgerStore extends LedgerStore {
  private readonly client: S3Client;
  private readonly bucket: string;

  constructor(settings: S3Settings) {
    super();
    this.bucket = settings.S3_BUCKET;
    this.client = createS3Client(settings);
  }

  async put(name: string, bytes: Buffer): Promise<void> {
    const place = this.placeOf(name);
    try {
      await this.client.send(new PutObjectCommand({ ...place, Body: bytes, ContentLength: bytes.length }));
    } catch (error) {
      throw s3Error(error);
    }
  }

  async get(name: string): Promise<Buffer | undefined> {
    const place = this.placeOf(name);
    try {
      const { Body } = await this.client.send(new GetObjectCommand(place));
      return Body && Buffer.from(await Body.transformToByteArray());
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw s3Error(error);
    }
  }

  async list(folder: string): Promise<string[]> {
    const names: string[] = [];
    try {
      let page: ListObjectsV2CommandOutput | undefined;
      do {
        page = await this.client.send(
          new ListObjectsV2Command({
            Bucket: this.bucket,
            Prefix: `${PREFIX}${folder}/`,
            ContinuationToken: page?.NextContinuationToken,
          }),
        );
        names.push(...(page.Contents ?? []).flatMap(({ Key }) => Key?.slice(PREFIX.length) ?? []));
      } while (page.NextContinuationToken);
      return names.sort();
    } catch (error) {
      throw s3Error(error);
    }
  }

  close(): void {
    this.client.destroy();
  }

  private placeOf(name: string) {
    assertRecordName(name);
    return { Bucket: this.bucket, Key: `${PREFIX}${name}` };
  }
}
