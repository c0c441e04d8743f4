/** RSA of this size is as strong as AES-128 (NIST SP 800-57 part 1, table 2). */
export const MODULUS_BITS = 3072;

/** Time a key is good for after it was handed out, in seconds. */
export const LIFETIME_SECONDS = 300;

/** A key pair, both halves in DER: the public one as SPKI, the private one as PKCS #8. */
export interface KeyPair {
  readonly publicKey: Buffer;
  readonly privateKey: Buffer;
}

/** What a client gets of a key. */
export interface HandedOutKey {
  readonly id: string;
  /** DER SPKI. */
  readonly publicKey: Buffer;
  readonly expiresAt: Date;
}

/** What is left of a key that was used: the row itself is gone. */
export interface BurntKey {
  readonly id: string;
  readonly privateSealed: Buffer;
  /** Whether it was used in time, by the database's clock. */
  readonly inTime: boolean;
}

/** Where the private half of a key is sealed to. */
export const privatePlace = (id: string) => ({ table: 'ephemeral_keys', id, version: 1 });
