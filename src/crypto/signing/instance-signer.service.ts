import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject, sign, verify } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { InstanceKeyRing } from '../instance-key-ring.service.js';
import { KEY_BYTES } from '../xaes.js';

/** Whose instance key the signing key is derived from. */
const PURPOSE = 'signatures';
/** A PKCS #8 private key of Ed25519 is this and its seed (RFC 8410 §7). */
const PKCS8_BEGIN = Buffer.from('302e020100300506032b657004220420', 'hex');
/** Bytes of SubjectPublicKeyInfo before the 32 of the key (RFC 8410 §4). */
const SPKI_BEGIN_BYTES = 12;

interface Pair {
  readonly privateKey: KeyObject;
  readonly publicKey: Buffer;
}

/**
 * Signs what the instance states, by Ed25519 (RFC 8032). There is one key, which lasts as long as the installation: rotating
 * the master key changes what it is wrapped by, and not the key.
 */
@Injectable()
export class InstanceSigner {
  private pair: { readonly seed: Buffer; readonly made: Pair } | undefined;

  constructor(private readonly keyRing: InstanceKeyRing) {}

  /** The 32 bytes by which signatures are verified. */
  async publicKey(db: Tx): Promise<Buffer> {
    return (await this.keys(db)).publicKey;
  }

  /** @returns 64 bytes */
  async sign(message: Buffer, db: Tx): Promise<Buffer> {
    const { privateKey } = await this.keys(db);
    return sign(null, message, privateKey);
  }

  /** Whether it was this instance that signed a message. */
  async verify(message: Buffer, signature: Buffer, db: Tx): Promise<boolean> {
    const { privateKey } = await this.keys(db);
    return verify(null, message, createPublicKey(privateKey), signature);
  }

  private async keys(db: Tx): Promise<Pair> {
    const { key } = await this.keyRing.newestKey(PURPOSE, db);
    if (!this.pair?.seed.equals(key)) this.pair = { seed: key, made: pairOf(key) };
    return this.pair.made;
  }
}

function pairOf(key: Buffer): Pair {
  const seed = Buffer.from(hkdfSync('sha256', key, '', 'redoubt ed25519 signing key', KEY_BYTES));
  const privateKey = createPrivateKey({
    key: Buffer.concat([PKCS8_BEGIN, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return { privateKey, publicKey: spki.subarray(SPKI_BEGIN_BYTES) };
}
