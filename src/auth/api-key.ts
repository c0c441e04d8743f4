import { createHash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { SCOPES as CREDENTIAL_SCOPES, type Scope } from '../platform/http/permission.js';
import type { PlanOverrides } from '../platform/limits/plan-limits.js';
import { PLAN_NAMES, type PlanName } from '../platform/limits/plans.js';

/** A stored API key, without its secret. */
export interface ApiKey {
  readonly id: string;
  readonly organizationId: string;
  readonly userId: string;
  readonly defaultProjectId: string | null;
  readonly name: string;
  /** `test` for one that works in the organization's sandbox alone. */
  readonly mode: KeyMode;
  /** First and last characters, enough to tell keys apart. */
  readonly hint: string;
  readonly scopes: readonly string[];
  readonly plan: string;
  /** Numbers in place of the plan's. */
  readonly limits: PlanOverrides | null;
  /** Addresses and CIDR networks it may be used from; empty = everywhere. */
  readonly allowedNetworks: readonly string[];
  readonly status: ApiKeyStatus;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  /** Until when the secret replaced by the newest rotation works as well; null when none does. */
  readonly previousExpiresAt: Date | null;
  /** Exact to about a minute. */
  readonly lastUsedAt: Date | null;
  readonly createdAt: Date;
}

export const KEY_MODES = ['live', 'test'] as const;
export type KeyMode = (typeof KEY_MODES)[number];

export const API_KEY_STATUSES = ['active', 'revoked', 'expired'] as const;

/** `revoked` also when it has expired since. */
export type ApiKeyStatus = (typeof API_KEY_STATUSES)[number];

/** What a key may be scoped to; `*` stands for everything its user may do. */
export const SCOPES: readonly (Scope | '*')[] = ['*', ...CREDENTIAL_SCOPES];

/** Plans that a key can be given: those of requests without a key, and of sandboxes, are none of them. */
export const KEY_PLANS: readonly PlanName[] = PLAN_NAMES.filter(
  (name) => name !== 'anonymous' && name !== 'sandbox',
);

const LIVE_PREFIX = 'sk_live_';
/** Keys that open the organization's sandbox. As long as the other prefix. */
const TEST_PREFIX = 'sk_test_';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 32 base62 characters carry 190 random bits (ASVS 11.5.1 asks for 128). */
const RANDOM_CHARACTERS = 32;
/** 6 base62 characters hold a CRC-32. */
const CHECKSUM_CHARACTERS = 6;

/** CRC-32 of the random part in base62: catches typing errors and lets secret scanners tell keys from noise. */
function checksumOf(random: string): string {
  let rest = crc32(random);
  let text = '';
  for (let index = 0; index < CHECKSUM_CHARACTERS; index += 1) {
    text = (BASE62[rest % 62] ?? '') + text;
    rest = Math.floor(rest / 62);
  }
  return text;
}

/** A fresh secret: `sk_live_`, or `sk_test_` for a sandbox, 32 random characters, 6 of checksum. */
export function generateApiKey(sandbox = false): string {
  const random = Array.from({ length: RANDOM_CHARACTERS }, () => BASE62[randomInt(62)]).join('');
  return (sandbox ? TEST_PREFIX : LIVE_PREFIX) + random + checksumOf(random);
}

/** Whether a text has the form and checksum of a key that {@link generateApiKey} made. */
export function hasValidChecksum(key: string): boolean {
  const body = key.slice(LIVE_PREFIX.length);
  const random = body.slice(0, RANDOM_CHARACTERS);
  return (
    (key.startsWith(LIVE_PREFIX) || key.startsWith(TEST_PREFIX)) &&
    body.length === 38 &&
    body.slice(RANDOM_CHARACTERS) === checksumOf(random)
  );
}

/** SHA-256 is enough at rest: the secret is random, not a password. */
export const hashApiKey = (key: string): Buffer => createHash('sha256').update(key).digest();

/** What a list shows of a key. */
export const hintOf = (key: string): string => `${key.slice(0, 12)}…${key.slice(-4)}`;
