import type { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { s3Error } from './s3.errors.js';

/** The least that a part of an upload may be, and all that one upload holds in memory. */
const PART = 5 * 2 ** 20;

/** Where an object lies. */
export interface S3Place {
  readonly Bucket: string;
  readonly Key: string;
}

const orOurs = (error: unknown): never => {
  throw s3Error(error);
};

/**
 * Sends a source of unknown length: whole when it is small, else in parts, one after the other from one buffer. (The
 * SDK's own Upload joins chunks into ever new buffers, about four parts' worth for each upload.)
 */
export class S3Upload {
  private readonly buffer = Buffer.allocUnsafeSlow(PART);
  private filled = 0;
  private size = 0;
  private uploadId: string | undefined;
  private readonly parts: { PartNumber: number; ETag: string | undefined }[] = [];

  constructor(
    private readonly client: S3Client,
    private readonly place: S3Place,
  ) {}

  /**
   * @returns the number of bytes sent
   * @throws AppError STORAGE_FULL, STORAGE_UNAVAILABLE; what the source threw; then no part is left
   */
  async send(source: Readable): Promise<number> {
    try {
      for await (const chunk of source) await this.take(chunk);
      if (this.uploadId === undefined) await this.putWhole();
      else await this.complete(this.uploadId);
      return this.size;
    } catch (error) {
      await this.discard();
      throw error;
    }
  }

  private async take(chunk: Buffer): Promise<void> {
    this.size += chunk.length;
    for (let at = 0; at < chunk.length; ) {
      if (this.filled === PART) await this.sendPart();
      const copied = chunk.copy(this.buffer, this.filled, at);
      this.filled += copied;
      at += copied;
    }
  }

  private async putWhole(): Promise<void> {
    const command = new PutObjectCommand({ ...this.place, Body: this.buffer.subarray(0, this.filled) });
    await this.client.send(command).catch(orOurs);
  }

  /** Sends what the buffer holds; it is free again when the answer is there. */
  private async sendPart(): Promise<void> {
    this.uploadId ??= await this.begin();
    const PartNumber = this.parts.length + 1;
    const part = { PartNumber, UploadId: this.uploadId, Body: this.buffer.subarray(0, this.filled) };
    const { ETag } = await this.client.send(new UploadPartCommand({ ...this.place, ...part })).catch(orOurs);
    this.parts.push({ PartNumber, ETag });
    this.filled = 0;
  }

  private async begin(): Promise<string> {
    const { UploadId } = await this.client.send(new CreateMultipartUploadCommand(this.place)).catch(orOurs);
    return UploadId ?? orOurs(new Error('S3 named no upload'));
  }

  private async complete(UploadId: string): Promise<void> {
    await this.sendPart();
    const MultipartUpload = { Parts: this.parts };
    const command = new CompleteMultipartUploadCommand({ ...this.place, UploadId, MultipartUpload });
    await this.client.send(command).catch(orOurs);
  }

  /** Where this fails, deleting the object does it. */
  private async discard(): Promise<void> {
    const UploadId = this.uploadId;
    if (UploadId === undefined) return;
    await this.client.send(new AbortMultipartUploadCommand({ ...this.place, UploadId })).catch(() => {});
  }
}
