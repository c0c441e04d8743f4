import { hkdfSync, randomBytes } from 'node:crypto';
import { associatedData } from '../associated-data.js';
import { KEY_BYTES, OpenError, TAG_BYTES } from '../xaes.js';

/**
 * The stored form of a file: `header | frame | frame | …`, after the STREAM construction (Hoang, Reyhanitabar, Rogaway
 * and Vizár, CRYPTO 2015) over AES-256-GCM. Each frame is sealed with its number and with whether it is the last one in
 * its nonce, so that a frame that was changed, moved, repeated, dropped or cut off never opens.
 */

/** Plaintext of a frame, in bytes; only the last one may hold less, and an empty file is one empty frame. */
export const FRAME_BYTES = 64 * 1024;
/** A frame as it is stored, in bytes. */
export const SEALED_FRAME_BYTES = FRAME_BYTES + TAG_BYTES;

const FORMAT = 1;
const SALT_BYTES = 32;
const PREFIX_BYTES = 7;
const NONCE_BYTES = 12;
/** `format (1) | salt (32) | nonce prefix (7)`. */
export const HEADER_BYTES = 1 + SALT_BYTES + PREFIX_BYTES;
const MAX_FRAMES = 2 ** 32;

/** Where a file belongs: its stored form opens nowhere else. */
export interface FilePlace {
  readonly organizationId: string;
  readonly projectId: string;
  readonly fileId: string;
  readonly version: number;
}

/** The place as one unambiguous text of bytes. */
export const filePlace = ({ organizationId, projectId, fileId, version }: FilePlace): Buffer =>
  associatedData(organizationId, projectId, 'files', fileId, version);

/** Bytes that a plaintext takes in its stored form. */
export const sealedSize = (plainBytes: number): number =>
  HEADER_BYTES + plainBytes + TAG_BYTES * Math.max(1, Math.ceil(plainBytes / FRAME_BYTES));

/** What a header stands for: the key of this one stored form, and its nonces. */
export interface FrameKeys {
  readonly key: Buffer;
  /** @throws RangeError beyond 2^32 frames, which is 256 TiB */
  nonce(frame: number, isLast: boolean): Buffer;
}

export const newHeader = (): Buffer =>
  Buffer.concat([Buffer.from([FORMAT]), randomBytes(SALT_BYTES + PREFIX_BYTES)]);

/**
 * The key is HKDF-SHA-256 (RFC 5869) of the file's key, salted anew for every stored form and bound to its place.
 * @throws OpenError for a header of another format
 */
export function frameKeys(fileKey: Buffer, place: FilePlace, header: Buffer): FrameKeys {
  if (header.length !== HEADER_BYTES || header[0] !== FORMAT) throw new OpenError();
  const salt = header.subarray(1, 1 + SALT_BYTES);
  const info = associatedData('redoubt file stream', FORMAT, FRAME_BYTES, filePlace(place));
  const prefix = header.subarray(1 + SALT_BYTES);
  return {
    key: Buffer.from(hkdfSync('sha256', fileKey, salt, info, KEY_BYTES)),
    nonce(frame, isLast) {
      if (frame >= MAX_FRAMES) throw new RangeError('a file has too many frames');
      const nonce = Buffer.alloc(NONCE_BYTES);
      prefix.copy(nonce);
      nonce.writeUInt32BE(frame, PREFIX_BYTES);
      nonce[NONCE_BYTES - 1] = isLast ? 1 : 0;
      return nonce;
    },
  };
}
