import { createPublicKey, verify } from 'node:crypto';
import { sha256 } from './merkle-hash.js';

/** Ed25519 among the algorithms of signed notes. */
const ED25519 = 0x01;
const ID_BYTES = 4;
const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;

/** A signed note (c2sp.org/signed-note): text that ends with a line feed, and lines that sign it. */
export interface SignedNote {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

export interface NoteSignature {
  readonly name: string;
  /** Key id and signature. */
  readonly bytes: Buffer;
}

/** What verifies notes: the name of who signs, and a public key. */
export interface Verifier {
  readonly name: string;
  /** 32 bytes. */
  readonly publicKey: Buffer;
}

/** Names hold neither spaces nor plus signs, by which lines and keys are divided. */
const NAME = /^[^\s+]+$/u;

const keyId = ({ name, publicKey }: Verifier): Buffer =>
  sha256(Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(ED25519), publicKey])).subarray(0, ID_BYTES);

/** `<name>+<key id>+<key>`, as verifiers of checkpoints take it. */
export const verifierKey = (verifier: Verifier): string =>
  `${verifier.name}+${keyId(verifier).toString('hex')}+${Buffer.concat([Buffer.of(ED25519), verifier.publicKey]).toString('base64')}`;

/** @returns undefined for what is no verifier key of Ed25519 */
export function parseVerifierKey(text: string): Verifier | undefined {
  const [, name = '', id, key = ''] = /^([^+]*)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text) ?? [];
  const bytes = bytesOf(key);
  if (!NAME.test(name) || bytes?.length !== 1 + KEY_BYTES || bytes[0] !== ED25519) return undefined;
  const verifier = { name, publicKey: bytes.subarray(1) };
  return keyId(verifier).toString('hex') === id ? verifier : undefined;
}

/** Signs a text that ends with a line feed. @param sign gives the 64 bytes of an Ed25519 signature */
export async function signNote(
  text: string,
  verifier: Verifier,
  sign: (bytes: Buffer) => Promise<Buffer>,
): Promise<string> {
  if (!text.endsWith('\n') || !NAME.test(verifier.name)) throw new Error('not a text or name of a note');
  const signature = await sign(Buffer.from(text));
  return `${text}\n— ${verifier.name} ${Buffer.concat([keyId(verifier), signature]).toString('base64')}\n`;
}

/** @returns undefined for what is no signed note */
export function parseNote(note: string): SignedNote | undefined {
  const end = note.lastIndexOf('\n\n');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what a note may not have
  if (end < 1 || !note.endsWith('\n') || /[\u0000-\u0009\u000b-\u001f]/.test(note)) return undefined;
  const lines = note.slice(end + 2, -1).split('\n');
  const signatures = lines.flatMap((line) => {
    const [, name = '', text = ''] = /^\u2014 (\S+) (\S+)$/u.exec(line) ?? [];
    const bytes = bytesOf(text);
    return bytes && bytes.length > ID_BYTES && NAME.test(name) ? [{ name, bytes }] : [];
  });
  if (signatures.length !== lines.length) return undefined;
  return { text: note.slice(0, end + 1), signatures };
}

/** What a key says to a note: whether it signed it, did not, or did not sign this text. */
export type NoteVerdict = 'signed' | 'other_signer' | 'invalid';

export function verifyNote({ text, signatures }: SignedNote, verifier: Verifier): NoteVerdict {
  const id = keyId(verifier);
  const own = signatures.find(
    ({ name, bytes }) => name === verifier.name && bytes.subarray(0, ID_BYTES).equals(id),
  );
  if (!own) return 'other_signer';
  const signature = own.bytes.subarray(ID_BYTES);
  if (signature.length !== SIGNATURE_BYTES) return 'invalid';
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: verifier.publicKey.toString('base64url') };
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  return verify(null, Buffer.from(text), key, signature) ? 'signed' : 'invalid';
}

/** Canonical base64 alone, so that a note has one spelling. */
function bytesOf(base64: string): Buffer | undefined {
  const bytes = Buffer.from(base64, 'base64');
  return base64.length > 0 && bytes.toString('base64') === base64 ? bytes : undefined;
}
