import { sha256 } from './sha-256.js';

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const GENERATORS: readonly number[] = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
const BECH32_CHECK = 1;
const BECH32M_CHECK = 0x2bc830a3;

/** Version bytes of addresses: Bitcoin, Dogecoin, Litecoin, Dash, Tron; payment to a key's or a script's hash. */
const ADDRESS_VERSIONS = new Set([0x00, 0x05, 0x1e, 0x16, 0x30, 0x32, 0x4c, 0x10, 0x41]);

/** Base58Check (Bitcoin): 25 bytes whose last four begin the double SHA-256 of the others. */
export function isBase58CheckAddress(text: string): boolean {
  const bytes = decodeBase58(text, 25);
  if (bytes === undefined || !ADDRESS_VERSIONS.has(bytes[0] ?? 0xff)) return false;
  const check = sha256(sha256(bytes.subarray(0, 21)));
  return check.subarray(0, 4).every((byte, index) => byte === bytes[21 + index]);
}

/** Exactly `size` bytes, leading zeros written as `1`; nothing when the text is no number of that size. */
function decodeBase58(text: string, size: number): Uint8Array | undefined {
  const bytes = new Uint8Array(size);
  for (const character of text) {
    let carry = BASE58.indexOf(character);
    if (carry < 0) return undefined;
    for (let at = size - 1; at >= 0; at--) {
      carry += (bytes[at] ?? 0) * 58;
      bytes[at] = carry & 0xff;
      carry >>= 8;
    }
    if (carry > 0) return undefined;
  }
  const zeros = bytes.findIndex((byte) => byte !== 0);
  const ones = /^1*/.exec(text)?.[0].length ?? 0;
  return zeros === ones ? bytes : undefined;
}

/** A segregated-witness address: Bech32 for version 0 (BIP 173), Bech32m for later ones (BIP 350). */
export function isSegwitAddress(text: string): boolean {
  const lower = text.toLowerCase();
  if (lower !== text && text.toUpperCase() !== text) return false;
  const split = lower.lastIndexOf('1');
  const values = [...lower.slice(split + 1)].map((character) => BECH32.indexOf(character));
  if (split < 1 || values.length < 8 || values.includes(-1)) return false;
  const [version = 32] = values;
  if (version > 16) return false;
  return (
    polymod([...expandPrefix(lower.slice(0, split)), ...values]) ===
    (version === 0 ? BECH32_CHECK : BECH32M_CHECK)
  );
}

function expandPrefix(prefix: string): number[] {
  const codes = [...prefix].map((character) => character.charCodeAt(0));
  return [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)];
}

function polymod(values: readonly number[]): number {
  let check = 1;
  for (const value of values) {
    const top = check >>> 25;
    check = ((check & 0x1ffffff) << 5) ^ value;
    GENERATORS.forEach((generator, bit) => {
      if (((top >> bit) & 1) === 1) check ^= generator;
    });
  }
  return check;
}
