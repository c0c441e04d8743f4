import { createDecipheriv, createHmac, createPrivateKey, createPublicKey, diffieHellman } from 'node:crypto';
import { OpenError } from '../xaes.js';
import { newKeyPair, openWith, sealTo } from './hpke.js';

const hmac = (key: Buffer, data: Buffer): Buffer => createHmac('sha256', key).update(data).digest();
const text = (value: string): Buffer => Buffer.from(value, 'latin1');
const number = (value: number): Buffer => Buffer.from([value >> 8, value & 0xff]);

/** RFC 9180 §4: labeled extract and expand, here of at most one block. */
const extract = (suite: Buffer, salt: Buffer, label: string, value: Buffer): Buffer =>
  hmac(salt, Buffer.concat([text('HPKE-v1'), suite, text(label), value]));
const expand = (suite: Buffer, key: Buffer, label: string, info: Buffer, length: number): Buffer =>
  hmac(
    key,
    Buffer.concat([number(length), text('HPKE-v1'), suite, text(label), info, Buffer.from([1])]),
  ).subarray(0, length);

const KEM = Buffer.concat([text('KEM'), number(0x0020)]);
const HPKE = Buffer.concat([text('HPKE'), number(0x0020), number(0x0001), number(0x0002)]);
const NONE = Buffer.alloc(0);
/** DER before the 32 bytes of a key (RFC 8410). */
const SPKI = Buffer.from('302a300506032b656e032100', 'hex');
const PKCS8 = Buffer.from('302e020100300506032b656e04220420', 'hex');

/** Opens by the steps of RFC 9180 §4.1 and §5.1 with Node's primitives, written apart from the library. */
function openByTheBook(privateKey: Buffer, publicKey: Buffer, sealed: Buffer, info: Buffer, aad: Buffer) {
  const enc = sealed.subarray(0, 32);
  const dh = diffieHellman({
    privateKey: createPrivateKey({ key: Buffer.concat([PKCS8, privateKey]), format: 'der', type: 'pkcs8' }),
    publicKey: createPublicKey({ key: Buffer.concat([SPKI, enc]), format: 'der', type: 'spki' }),
  });
  const prk = extract(KEM, NONE, 'eae_prk', dh);
  const shared = expand(KEM, prk, 'shared_secret', Buffer.concat([enc, publicKey]), 32);
  const context = Buffer.concat([
    Buffer.from([0]),
    extract(HPKE, NONE, 'psk_id_hash', NONE),
    extract(HPKE, NONE, 'info_hash', info),
  ]);
  const secret = extract(HPKE, shared, 'secret', NONE);
  const key = expand(HPKE, secret, 'key', context, 32);
  const nonce = expand(HPKE, secret, 'base_nonce', context, 12);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 });
  decipher.setAAD(aad).setAuthTag(sealed.subarray(sealed.length - 16));
  return Buffer.concat([decipher.update(sealed.subarray(32, sealed.length - 16)), decipher.final()]);
}

describe('sealing to a public key', () => {
  const secret = Buffer.from('a file key of thirty-two bytes !');
  const place = Buffer.from('place');

  it('is HPKE of RFC 9180, by an independent reader', async () => {
    const { publicKey, privateKey } = await newKeyPair();
    const sealed = await sealTo(publicKey, secret, place);
    const info = Buffer.from('redoubt file key 1');
    expect(openByTheBook(privateKey, publicKey, sealed, info, place)).toEqual(secret);
  });

  it('opens for the private half alone, in its place alone, unchanged alone', async () => {
    const [mine, other] = [await newKeyPair(), await newKeyPair()];
    const sealed = await sealTo(mine.publicKey, secret, place);
    expect(await openWith(mine.privateKey, sealed, place)).toEqual(secret);
    await expect(openWith(other.privateKey, sealed, place)).rejects.toThrow(OpenError);
    await expect(openWith(mine.privateKey, sealed, Buffer.from('elsewhere'))).rejects.toThrow(OpenError);
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      await expect(openWith(mine.privateKey, changed, place)).rejects.toThrow(OpenError);
      await expect(openWith(mine.privateKey, sealed.subarray(0, at), place)).rejects.toThrow(OpenError);
    }
  });

  it('is another one every time', async () => {
    const { publicKey } = await newKeyPair();
    const [one, two] = [await sealTo(publicKey, secret, place), await sealTo(publicKey, secret, place)];
    expect(one.equals(two)).toBe(false);
    expect(one.length).toBe(32 + secret.length + 16);
  });
});
