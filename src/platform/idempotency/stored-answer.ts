/** An answer as it is kept for its repetition. */
export interface StoredAnswer {
  /** Of the request it answered; 32 bytes. */
  readonly digest: Buffer;
  readonly at: Date;
  /** Undefined for an answer without a body. */
  readonly body: object | undefined;
}

const DIGEST_BYTES = 32;
const TIME_BYTES = 8;

/** `digest (32) | milliseconds since 1970 (8) | body as JSON`. */
export function packAnswer({ digest, at, body }: StoredAnswer): Buffer {
  const time = Buffer.alloc(TIME_BYTES);
  time.writeBigUInt64BE(BigInt(at.getTime()));
  const text = body === undefined ? '' : JSON.stringify(body);
  return Buffer.concat([digest, time, Buffer.from(text)]);
}

export function unpackAnswer(bytes: Buffer): StoredAnswer {
  const text = bytes.toString('utf8', DIGEST_BYTES + TIME_BYTES);
  return {
    digest: bytes.subarray(0, DIGEST_BYTES),
    at: new Date(Number(bytes.readBigUInt64BE(DIGEST_BYTES))),
    body: text === '' ? undefined : JSON.parse(text),
  };
}
