import { OpenError } from './xaes.js';

/** Format of envelopes: first byte, so that another may follow. */
const FORMAT = 1;

/** Which key sealed a value, beside what was sealed: rotation needs no second look-up. */
export interface Envelope {
  readonly keyId: string;
  readonly sealed: Buffer;
}

/** `format (1) | length of key id (1) | key id | sealed bytes`. */
export function packEnvelope({ keyId, sealed }: Envelope): Buffer {
  const id = Buffer.from(keyId, 'latin1');
  return Buffer.concat([Buffer.from([FORMAT, id.length]), id, sealed]);
}

/** @throws OpenError when the bytes are no envelope */
export function unpackEnvelope(bytes: Buffer): Envelope {
  const length = bytes[1] ?? 0;
  if (bytes[0] !== FORMAT || bytes.length < 2 + length) throw new OpenError();
  return { keyId: bytes.toString('latin1', 2, 2 + length), sealed: bytes.subarray(2 + length) };
}
