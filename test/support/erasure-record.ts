import { createPublicKey, verify } from 'node:crypto';

/** SubjectPublicKeyInfo of an Ed25519 key is this and its 32 bytes (RFC 8410). */
const SPKI_BEGIN = Buffer.from('302a300506032b6570032100', 'hex');

/** What verifies a record needs no server. */
export function isVerified({ statement, signature, public_key }: Record<string, string>): boolean {
  const der = Buffer.concat([SPKI_BEGIN, Buffer.from(public_key ?? '', 'base64')]);
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  return verify(null, Buffer.from(statement ?? ''), key, Buffer.from(signature ?? '', 'base64'));
}
