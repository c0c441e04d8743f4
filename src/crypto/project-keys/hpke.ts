import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import { OpenError } from '../xaes.js';

/**
 * Hybrid public key encryption (RFC 9180) in base mode: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. Whoever
 * has the public half seals, without a password; only the private half opens.
 */
const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
});

const INFO = new TextEncoder().encode('redoubt file key 1');
/** An encapsulated key, in bytes. */
const ENCAPSULATED_BYTES = 32;

/** Both halves of a pair, 32 bytes each, as RFC 7748 encodes them. */
export interface KeyPair {
  readonly publicKey: Buffer;
  readonly privateKey: Buffer;
}

/** The library works on views of whole buffers, Node's may be parts of a pool. */
const own = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;

export async function newKeyPair(): Promise<KeyPair> {
  const pair = await suite.kem.generateKeyPair();
  return {
    publicKey: Buffer.from(await suite.kem.serializePublicKey(pair.publicKey)),
    privateKey: Buffer.from(await suite.kem.serializePrivateKey(pair.privateKey)),
  };
}

/** @returns encapsulated key (32 bytes), ciphertext, tag (16 bytes) */
export async function sealTo(publicKey: Buffer, plaintext: Buffer, associated: Buffer): Promise<Buffer> {
  const recipientPublicKey = await suite.kem.deserializePublicKey(own(publicKey));
  const { enc, ct } = await suite.seal(
    { recipientPublicKey, info: own(INFO) },
    own(plaintext),
    own(associated),
  );
  return Buffer.concat([Buffer.from(enc), Buffer.from(ct)]);
}

/** Opens what {@link sealTo} sealed. @throws OpenError when it was changed, or is of another key or place */
export async function openWith(privateKey: Buffer, sealed: Buffer, associated: Buffer): Promise<Buffer> {
  try {
    const recipientKey = await suite.kem.deserializePrivateKey(own(privateKey));
    const enc = own(sealed.subarray(0, ENCAPSULATED_BYTES));
    const body = own(sealed.subarray(ENCAPSULATED_BYTES));
    return Buffer.from(await suite.open({ recipientKey, enc, info: own(INFO) }, body, own(associated)));
  } catch {
    throw new OpenError();
  }
}
