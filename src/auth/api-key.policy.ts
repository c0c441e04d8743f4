import { invalidField } from '../platform/errors/app-error.js';
import { SCOPES } from '../platform/http/permission.js';
import { hasScope, type Principal } from '../platform/http/principal.js';
import type { KeyMode } from './api-key.js';
import { authError } from './auth.errors.js';
import { areWithin, isNetwork } from './network-list.js';

const isHeld = (principal: Principal, scope: string): boolean => {
  const known = SCOPES.find((name) => name === scope);
  return known ? hasScope(principal, known) : principal.scopes.includes('*');
};

/** Nobody gives, or gets at, more than they hold. @throws AppError SCOPE_NOT_HELD */
export function ensureHeld(principal: Principal, scopes: readonly string[]): void {
  if (scopes.every((scope) => isHeld(principal, scope))) return;
  throw authError('SCOPE_NOT_HELD', { details: { field: 'scopes', constraint: 'held' } });
}

/** A key that is bound to networks frees no other of them. @throws AppError NETWORK_NOT_HELD */
export function ensureBound({ allowedNetworks = [] }: Principal, networks: readonly string[]): void {
  if (areWithin(networks, allowedNetworks)) return;
  throw authError('NETWORK_NOT_HELD', { details: { field: 'allowed_networks', constraint: 'held' } });
}

/** Nobody gets out of a sandbox by making a key. @throws AppError MODE_NOT_HELD */
export function ensureMode({ mode }: Principal, wanted: KeyMode): void {
  if (mode === 'sandbox' && wanted === 'live')
    throw authError('MODE_NOT_HELD', { details: { field: 'mode', constraint: 'held', allowed: ['test'] } });
}

/** What a test key has is the sandbox's to say, and changes with it. @throws AppError VALIDATION_ERROR naming the field */
export function ensureSettable(
  mode: KeyMode,
  {
    plan,
    limits,
    defaultProjectId,
  }: { readonly plan?: unknown; readonly limits?: unknown; readonly defaultProjectId?: unknown },
): void {
  if (mode === 'live') return;
  const given = { plan, limits: limits ?? undefined, default_project_id: defaultProjectId ?? undefined };
  for (const [field, value] of Object.entries(given))
    if (value !== undefined)
      throw invalidField(
        field,
        'live',
        `'${field}' is for live keys: every test key has that of the sandbox.`,
      );
}

/** Plans and limits are the administrators'. @throws AppError PLAN_NOT_ASSIGNABLE naming the field */
export function ensureMayAssign(
  { systemRole }: Principal,
  fields: { readonly plan?: unknown; readonly limits?: unknown },
): void {
  if (systemRole === 'admin') return;
  const field = fields.plan !== undefined ? 'plan' : fields.limits !== undefined ? 'limits' : undefined;
  if (field) throw authError('PLAN_NOT_ASSIGNABLE', { details: { field, constraint: 'administrator' } });
}

/** @throws AppError VALIDATION_ERROR for an expiry that has passed */
export function ensureFuture(expiresAt: Date | null | undefined): void {
  if (expiresAt && expiresAt.getTime() <= Date.now()) {
    throw invalidField('expires_at', 'future', "'expires_at' must lie in the future.");
  }
}

/** @throws AppError VALIDATION_ERROR naming the entry that is neither address nor network */
export function ensureNetworks(networks: readonly string[] | undefined): void {
  const wrong = networks?.findIndex((text) => !isNetwork(text)) ?? -1;
  if (wrong < 0) return;
  const field = `allowed_networks[${wrong}]`;
  throw invalidField(field, 'format', `'${field}' must be an address or a network such as 10.0.0.0/8.`);
}

/** A day, in milliseconds. */
const DAY = 86_400_000;

/**
 * When a key ends whose organization limits how long its keys live: as late as may be where nobody said when.
 * @param days longest life, or null where nothing limits it
 * @throws AppError VALIDATION_ERROR for an expiry beyond that
 */
export function endOfLife(asked: Date | null | undefined, days: number | null, from: Date): Date | null {
  if (days === null) return asked ?? null;
  const latest = new Date(from.getTime() + days * DAY);
  if (asked === undefined) return latest;
  if (asked !== null && asked <= latest) return asked;
  const message = `Keys of this organization live for ${days} days at most: 'expires_at' must be ${latest.toISOString()} or earlier.`;
  throw invalidField('expires_at', 'maximum', message);
}
