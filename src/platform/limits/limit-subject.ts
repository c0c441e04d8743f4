import { isIPv4, isIPv6 } from 'node:net';
import { sha256 } from '../digest/sha256.js';
import type { Principal } from '../http/principal.js';

/**
 * Whose windows a credential's requests count in: its user's under its plan, so that more keys buy nothing. A key with
 * numbers of its own counts for itself.
 */
export const subjectOf = ({ userId, plan, limits, credential }: Principal): string =>
  limits ? `key:${credential.id}` : `user:${userId}:${plan}`;

/**
 * Whose windows a request without a credential counts in: its address's, of IPv6 the first 64 bits, since that is what
 * one customer gets (RFC 6177). A digest, since the address itself is nobody's business in a counter.
 */
export function anonymousSubject(address: string): string {
  const digest = sha256(networkOf(address)).toString('hex');
  return `address:${digest.slice(0, 32)}`;
}

/** The part of an address that counts. IPv4 mapped into IPv6 counts as IPv4. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  const [plain = ''] = mapped.split('%');
  if (isIPv4(plain) || !isIPv6(plain)) return plain;
  const [head = '', tail] = plain.toLowerCase().split('::');
  const front = head === '' ? [] : head.split(':');
  const missing = tail === undefined ? 0 : 8 - front.length - wordsOf(tail);
  const words = [...front, ...Array<string>(missing).fill('0'), ...(tail ?? '').split(':')];
  return words
    .slice(0, 4)
    .map((word) => Number.parseInt(word, 16).toString(16))
    .join(':');
}

/** 16-bit words of a part; a dotted end counts two. */
const wordsOf = (part: string): number =>
  part === '' ? 0 : part.split(':').length + (part.includes('.') ? 1 : 0);
