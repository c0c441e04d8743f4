import { createDecipheriv } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';
import { OpenError, TAG_BYTES } from '../xaes.js';
import { ByteQueue } from './byte-queue.js';
import { type FilePlace, type FrameKeys, frameKeys, HEADER_BYTES, SEALED_FRAME_BYTES } from './frame.js';

/** Stored form in, plaintext out: verified frames alone, so that no changed byte is ever handed on. */
class OpenStream extends Transform {
  private readonly waiting = new ByteQueue();
  private keys: FrameKeys | undefined;
  private frame = 0;

  constructor(
    private readonly fileKey: Buffer,
    private readonly place: FilePlace,
  ) {
    super({ highWaterMark: SEALED_FRAME_BYTES });
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    this.waiting.push(chunk);
    this.attempt(done, () => {
      while (this.waiting.length > SEALED_FRAME_BYTES + (this.keys ? 0 : HEADER_BYTES)) this.open(false);
    });
  }

  override _flush(done: TransformCallback): void {
    this.attempt(done, () => this.open(true));
  }

  private attempt(done: TransformCallback, work: () => void): void {
    try {
      work();
      done();
    } catch (error) {
      done(error instanceof Error ? error : new OpenError());
    }
  }

  private open(isLast: boolean): void {
    this.keys ??= frameKeys(this.fileKey, this.place, this.waiting.take(HEADER_BYTES));
    const sealed = this.waiting.take(SEALED_FRAME_BYTES);
    // Nothing but an empty file ends with an empty frame: a file has one stored form a key and salt.
    if (sealed.length < TAG_BYTES + (this.frame > 0 ? 1 : 0)) throw new OpenError();
    const plain = unseal(this.keys, sealed, this.frame, isLast);
    if (plain.length > 0) this.push(plain);
    this.frame += 1;
  }
}

function unseal({ key, nonce }: FrameKeys, sealed: Buffer, frame: number, isLast: boolean): Buffer {
  const end = sealed.length - TAG_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', key, nonce(frame, isLast), { authTagLength: TAG_BYTES });
  decipher.setAuthTag(sealed.subarray(end));
  const plain = decipher.update(sealed.subarray(0, end));
  try {
    decipher.final();
    return plain;
  } catch {
    throw new OpenError();
  }
}

/** Opens what `sealStream` sealed; ends with an OpenError where the bytes are not those, or not in their place. */
export const openStream = (fileKey: Buffer, place: FilePlace): Transform => new OpenStream(fileKey, place);
