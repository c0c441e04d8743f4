import { createCipheriv } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';
import { TAG_BYTES } from '../xaes.js';
import { ByteQueue } from './byte-queue.js';
import { type FilePlace, FRAME_BYTES, type FrameKeys, frameKeys, newHeader } from './frame.js';

/** Plaintext in, stored form out. A frame leaves once it is known whether another follows. */
class SealStream extends Transform {
  private readonly waiting = new ByteQueue();
  private readonly keys: FrameKeys;
  private frame = 0;

  constructor(fileKey: Buffer, place: FilePlace) {
    super({ highWaterMark: FRAME_BYTES });
    const header = newHeader();
    this.keys = frameKeys(fileKey, place, header);
    this.push(header);
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    this.waiting.push(chunk);
    while (this.waiting.length > FRAME_BYTES) this.seal(false);
    done();
  }

  override _flush(done: TransformCallback): void {
    this.seal(true);
    done();
  }

  private seal(isLast: boolean): void {
    const nonce = this.keys.nonce(this.frame, isLast);
    const cipher = createCipheriv('aes-256-gcm', this.keys.key, nonce, { authTagLength: TAG_BYTES });
    const body = cipher.update(this.waiting.take(FRAME_BYTES));
    cipher.final();
    // Joining them would copy every byte once more.
    if (body.length > 0) this.push(body);
    this.push(cipher.getAuthTag());
    this.frame += 1;
  }
}

/** Seals a file's bytes as they pass, see `frame.ts`. Every stream has a key of its own, whatever the file's key. */
export const sealStream = (fileKey: Buffer, place: FilePlace): Transform => new SealStream(fileKey, place);
