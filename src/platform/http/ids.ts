import { monotonicFactory } from 'ulid';

const nextUlid = monotonicFactory();

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
  | 'doc'
  | 'file'
  | 'eph'
  | 'pkey'
  | 'ikey'
  | 'obj'
  | 'grant'
  | 'red'
  | 'tok'
  | 'inv'
  | 'share'
  | 'glass'
  | 'reset';

/** A new identifier: prefix and a lower-case ULID (48 bits of milliseconds, 80 random bits). */
export const newId = (prefix: IdPrefix): string => `${prefix}_${nextUlid().toLowerCase()}`;

/** Whether a text has the form of an identifier of that kind. */
export const isId = (prefix: IdPrefix, text: string): boolean =>
  text.length === prefix.length + 27 &&
  text.startsWith(`${prefix}_`) &&
  /^[0-9a-z]{26}$/.test(text.slice(prefix.length + 1));
