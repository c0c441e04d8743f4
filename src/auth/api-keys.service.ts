import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditWriter } from '../platform/audit/audit.writer.js';
import { type AuditEntry, auditOf } from '../platform/audit/audit-entry.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { platformError } from '../platform/errors/app-error.js';
import { newId } from '../platform/http/ids.js';
import type { Listed, Listing } from '../platform/http/listing.js';
import { administers, type Principal } from '../platform/http/principal.js';
import type { Caller } from '../platform/http/request-context.js';
import { DEFAULT_PLAN } from '../platform/limits/plans.js';
import { type ApiKey, generateApiKey, hashApiKey, hintOf } from './api-key.js';
import { ensureBound, ensureFuture, ensureHeld, ensureMayAssign, ensureNetworks } from './api-key.policy.js';
import { ApiKeysRepository, type KeyFilter, type KeyOwner, type KeySettings } from './api-keys.repository.js';
import { authError } from './auth.errors.js';
import { ProjectDirectory } from './project-directory.js';

/** What a caller may say of a key; absent fields stay as they are, or have their default in a new key. */
export type KeyInput = { readonly [Name in keyof KeySettings]?: KeySettings[Name] | undefined };

export type NewKeyInput = KeyInput & Pick<KeySettings, 'name' | 'scopes'>;

/** A key with its secret, as its maker sees it once. */
export type RevealedKey = ApiKey & { readonly key: string };

/** An administrator manages the organization's keys, everybody else their own. */
const ownerOf = ({ principal }: Caller): KeyOwner => ({
  organizationId: principal.organizationId,
  ...(!administers(principal) && { userId: principal.userId }),
});

/** Fields that widen what a key can be used for, if only in time or place. */
const widens = ({ scopes, expiresAt, allowedNetworks, defaultProjectId }: KeyInput): boolean =>
  [scopes, expiresAt, allowedNetworks, defaultProjectId].some((value) => value !== undefined);

@Injectable()
export class ApiKeysService {
  constructor(
    private readonly repository: ApiKeysRepository,
    private readonly projects: ProjectDirectory,
    private readonly audit: AuditWriter,
    private readonly dataSource: DataSource,
  ) {}

  /**
   * Makes a key for the caller's user. The secret is in the answer alone.
   * @throws AppError SCOPE_NOT_HELD, PLAN_NOT_ASSIGNABLE, NOT_FOUND for a default project that is none of the
   *   organization's active ones, VALIDATION_ERROR for an expiry that has passed or a network that is none
   */
  async createKey(caller: Caller, input: NewKeyInput, tx: Tx): Promise<RevealedKey> {
    const { principal } = caller;
    ensureHeld(principal, input.scopes);
    await this.ensureAllowed(principal, input, tx);
    const key = generateApiKey();
    const id = newId('key');
    const { defaultProjectId = principal.defaultProjectId ?? null, plan = DEFAULT_PLAN } = input;
    const { expiresAt = null, limits = null } = input;
    const { allowedNetworks = principal.allowedNetworks ?? [] } = input;
    await this.repository.insert(
      {
        id,
        organizationId: principal.organizationId,
        userId: principal.userId,
        name: input.name,
        hint: hintOf(key),
        hash: hashApiKey(key),
        scopes: input.scopes,
        plan,
        limits,
        expiresAt,
        defaultProjectId,
        allowedNetworks,
      },
      tx,
    );
    await this.record(caller, 'api_key.created', id, {}, tx);
    return { ...(await this.getFrom(caller, id, tx)), key };
  }

  /** @throws AppError NOT_FOUND */
  getKey(caller: Caller, id: string): Promise<ApiKey> {
    return this.getFrom(caller, id, this.dataSource.manager);
  }

  listKeys(caller: Caller, filter: KeyFilter, listing: Listing): Promise<Listed<ApiKey>> {
    return this.repository.list(ownerOf(caller), filter, listing, this.dataSource.manager);
  }

  /**
   * Changes a key from the very next request on. Who changes its scopes, expiry, networks or project must hold all
   * scopes it then has.
   * @throws AppError NOT_FOUND, KEY_NOT_ACTIVE for a revoked key, and what {@link createKey} throws
   */
  async updateKey(caller: Caller, id: string, input: KeyInput, tx: Tx): Promise<ApiKey> {
    const key = await this.lock(caller, id, tx);
    if (key.revokedAt) throw authError('KEY_NOT_ACTIVE');
    if (widens(input)) ensureHeld(caller.principal, input.scopes ?? key.scopes);
    await this.ensureAllowed(caller.principal, input, tx);
    const changes = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
    const changed = Object.keys(changes);
    if (changed.length === 0) return key;
    await this.repository.update(ownerOf(caller), id, changes, tx);
    await this.record(caller, 'api_key.updated', id, { details: { changed: changed.sort().join(' ') } }, tx);
    return this.getFrom(caller, id, tx);
  }

  /**
   * Replaces a key's secret; the one so far works for `overlapSeconds` more, any older one ends at once.
   * @throws AppError NOT_FOUND, KEY_OF_ANOTHER_USER, SCOPE_NOT_HELD, KEY_NOT_ACTIVE
   */
  async rotateKey(caller: Caller, id: string, overlapSeconds: number, tx: Tx): Promise<RevealedKey> {
    const current = await this.lock(caller, id, tx);
    if (current.userId !== caller.principal.userId) throw authError('KEY_OF_ANOTHER_USER');
    ensureHeld(caller.principal, current.scopes);
    ensureBound(caller.principal, current.allowedNetworks);
    if (current.status !== 'active') throw authError('KEY_NOT_ACTIVE');
    const key = generateApiKey();
    const hint = hintOf(key);
    await this.repository.replaceSecret(current, { hash: hashApiKey(key), hint }, overlapSeconds, tx);
    const counts = { overlap_seconds: overlapSeconds };
    const details = { previous_hint: current.hint, hint };
    await this.record(caller, 'api_key.rotated', id, { counts, details }, tx);
    return { ...(await this.getFrom(caller, id, tx)), key };
  }

  /** Revokes a key from the very next request on; revoking again changes nothing. @throws AppError NOT_FOUND */
  async revokeKey(caller: Caller, id: string, tx: Tx): Promise<void> {
    await this.lock(caller, id, tx);
    if (!(await this.repository.markRevoked(ownerOf(caller), id, tx))) return;
    await this.record(caller, 'api_key.revoked', id, {}, tx);
  }

  /** What a new and a changed key have to keep to alike. */
  private async ensureAllowed(principal: Principal, input: KeyInput, tx: Tx): Promise<void> {
    ensureMayAssign(principal, input);
    ensureFuture(input.expiresAt);
    ensureNetworks(input.allowedNetworks);
    if (input.allowedNetworks) ensureBound(principal, input.allowedNetworks);
    const { defaultProjectId } = input;
    if (!defaultProjectId) return;
    if (!(await this.projects.isActive(principal.organizationId, defaultProjectId, tx)))
      throw platformError('NOT_FOUND');
  }

  private async lock(caller: Caller, id: string, tx: Tx): Promise<ApiKey> {
    await this.repository.lock(ownerOf(caller), id, tx);
    return this.getFrom(caller, id, tx);
  }

  private async getFrom(caller: Caller, id: string, db: Tx): Promise<ApiKey> {
    const key = await this.repository.findById(ownerOf(caller), id, db);
    if (!key) throw platformError('NOT_FOUND');
    return key;
  }

  private record(
    caller: Caller,
    action: string,
    id: string,
    { counts, details }: Pick<AuditEntry, 'counts' | 'details'>,
    tx: Tx,
  ): Promise<void> {
    const entry = auditOf(caller);
    const target = { type: 'api_key', id };
    return this.audit.append(
      { ...entry, action, target, ...(counts && { counts }), details: { ...entry.details, ...details } },
      tx,
    );
  }
}
