import { decodeTime, monotonicFactory } from 'ulid';

/** Random bytes fetched at once: to ask for them one by one would cost more than all the rest of an identifier. */
const BYTES = new Uint8Array(4_096);
let used = BYTES.length;

/** From 0 to 1, exclusive: a multiple of 1/256, of which a character of an identifier takes the highest five bits. */
function random(): number {
  if (used === BYTES.length) {
    crypto.getRandomValues(BYTES);
    used = 0;
  }
  return (BYTES[used++] ?? 0) / 256;
}

const nextUlid = monotonicFactory(random);

/** Prefixes of all identifiers: `proj_01J…`, time-sortable, unguessable enough to be shown but never a secret. */
export type IdPrefix =
  | 'org'
  | 'user'
  | 'proj'
  | 'key'
  | 'audit'
  | 'req'
  | 'batch'
  | 'okey'
  | 'dkey'
  | 'mkey'
  | 'mem'
  | 'job'
  | 'task'
  | 'log'
  | 'intent'
  | 'event'
  | 'res'
  | 'token'
  | 'scope'
  | 'ledger'
  | 'doc'
  | 'file'
  | 'eph'
  | 'pkey'
  | 'ikey'
  | 'obj'
  | 'seg'
  | 'grant'
  | 'red'
  | 'tok'
  | 'inv'
  | 'share'
  | 'glass'
  | 'reset'
  | 'env'
  | 'var'
  | 'up'
  | 'spol'
  | 'conv'
  | 'rcpt'
  | 'chatcmpl'
  | 'kb'
  | 'chat'
  | 'msg'
  | 'prompt'
  | 'asst'
  | 'tool'
  | 'wh'
  | 'whd'
  | 'erasure';

/** A new identifier: prefix and a lower-case ULID (48 bits of milliseconds, 80 random bits). */
export const newId = (prefix: IdPrefix): string => `${prefix}_${nextUlid().toLowerCase()}`;

/** Whether a text has the form of an identifier of that kind. */
export const isId = (prefix: IdPrefix, text: string): boolean =>
  text.length === prefix.length + 27 &&
  text.startsWith(`${prefix}_`) &&
  /^[0-9a-z]{26}$/.test(text.slice(prefix.length + 1));

/** When an identifier of that kind was made; undefined for a text that cannot be one. */
export function timeOfId(prefix: IdPrefix, text: string): Date | undefined {
  if (!isId(prefix, text)) return undefined;
  try {
    return new Date(decodeTime(text.slice(prefix.length + 1)));
  } catch {
    return undefined;
  }
}
