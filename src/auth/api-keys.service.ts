import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditWriter } from '../platform/audit/audit.writer.js';
import { type AuditEntry, auditOf } from '../platform/audit/audit-entry.js';
import { OrganizationSettingsRepository } from '../platform/configs/organization-settings.repository.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { platformError } from '../platform/errors/app-error.js';
import { newId } from '../platform/http/ids.js';
import type { Listed, Listing } from '../platform/http/listing.js';
import { administers, type Principal } from '../platform/http/principal.js';
import type { Caller } from '../platform/http/request-context.js';
import { DEFAULT_PLAN, SANDBOX_PLAN } from '../platform/limits/plans.js';
import { Sandboxes } from '../platform/tenants/sandboxes.js';
import { type ApiKey, generateApiKey, hashApiKey, hintOf, type KeyMode } from './api-key.js';
import {
  endOfLife,
  ensureBound,
  ensureFuture,
  ensureHeld,
  ensureMayAssign,
  ensureMode,
  ensureNetworks,
  ensureSettable,
} from './api-key.policy.js';
import { ApiKeysRepository, type KeyFilter, type KeyOwner, type KeySettings } from './api-keys.repository.js';
import { authError } from './auth.errors.js';
import { ProjectDirectory } from './project-directory.js';

/** What a caller may say of a key; absent fields stay as they are, or have their default in a new key. */
export type KeyInput = { readonly [Name in keyof KeySettings]?: KeySettings[Name] | undefined };

export type NewKeyInput = KeyInput &
  Pick<KeySettings, 'name' | 'scopes'> & { readonly mode?: KeyMode | undefined };

/** A key with its secret, as its maker sees it once. */
export type RevealedKey = ApiKey & { readonly key: string };

/**
 * An administrator manages the organization's keys, everybody else their own. Test keys belong to the organization too, since
 * they outlast its sandbox; from within they see each other alone.
 */
const ownerOf = ({ principal }: Caller): KeyOwner => ({
  organizationId: principal.sandboxOf ?? principal.organizationId,
  ...(!administers(principal) && { userId: principal.userId }),
  ...(principal.sandboxOf && { sandbox: true }),
});

/** A key as the caller may know it: who is in a sandbox knows of no other organization. */
const seenBy = ({ principal }: Caller, key: ApiKey): ApiKey =>
  principal.sandboxOf ? { ...key, organizationId: principal.organizationId } : key;

/** Fields that widen what a key can be used for, if only in time or place. */
const widens = ({ scopes, expiresAt, allowedNetworks, defaultProjectId }: KeyInput): boolean =>
  [scopes, expiresAt, allowedNetworks, defaultProjectId].some((value) => value !== undefined);

@Injectable()
export class ApiKeysService {
  constructor(
    private readonly repository: ApiKeysRepository,
    private readonly projects: ProjectDirectory,
    private readonly sandboxes: Sandboxes,
    private readonly settings: OrganizationSettingsRepository,
    private readonly audit: AuditWriter,
    private readonly dataSource: DataSource,
  ) {}

  /**
   * Makes a key for the caller's user, and with an organization's first test key its sandbox. The secret is in the answer
   * alone.
   * @throws AppError SCOPE_NOT_HELD, MODE_NOT_HELD, PLAN_NOT_ASSIGNABLE, NOT_FOUND for a default project that is none of the
   *   organization's active ones, VALIDATION_ERROR for an expiry that has passed or a network that is none
   */
  async createKey(caller: Caller, input: NewKeyInput, tx: Tx): Promise<RevealedKey> {
    const { principal } = caller;
    const { mode = principal.mode === 'sandbox' ? 'test' : 'live' } = input;
    const sandbox = mode === 'test';
    ensureMode(principal, mode);
    ensureHeld(principal, input.scopes);
    await this.ensureAllowed(principal, mode, input, tx);
    const { organizationId } = ownerOf(caller);
    if (sandbox) await this.sandboxes.ensure(organizationId, principal.userId, tx);
    const key = generateApiKey(sandbox);
    const id = newId('key');
    const { defaultProjectId = sandbox ? null : (principal.defaultProjectId ?? null) } = input;
    const { plan = sandbox ? SANDBOX_PLAN : DEFAULT_PLAN } = input;
    const { limits = null } = input;
    const expiresAt = endOfLife(input.expiresAt, await this.longestLife(organizationId, tx), new Date());
    const { allowedNetworks = principal.allowedNetworks ?? [] } = input;
    await this.repository.insert(
      {
        id,
        organizationId,
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
        sandbox,
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

  async listKeys(caller: Caller, filter: KeyFilter, listing: Listing): Promise<Listed<ApiKey>> {
    const listed = await this.repository.list(ownerOf(caller), filter, listing, this.dataSource.manager);
    return { ...listed, rows: listed.rows.map((key) => seenBy(caller, key)) };
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
    await this.ensureAllowed(caller.principal, key.mode, input, tx);
    if (input.expiresAt !== undefined) {
      const days = await this.longestLife(ownerOf(caller).organizationId, tx);
      endOfLife(input.expiresAt, days, key.createdAt);
    }
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
    const key = generateApiKey(current.mode === 'test');
    const hint = hintOf(key);
    const { organizationId } = ownerOf(caller);
    await this.repository.replaceSecret(
      { id, organizationId },
      { hash: hashApiKey(key), hint },
      overlapSeconds,
      tx,
    );
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
  private async ensureAllowed(principal: Principal, mode: KeyMode, input: KeyInput, tx: Tx): Promise<void> {
    ensureSettable(mode, input);
    ensureMayAssign(principal, input);
    ensureFuture(input.expiresAt);
    ensureNetworks(input.allowedNetworks);
    if (input.allowedNetworks) ensureBound(principal, input.allowedNetworks);
    const { defaultProjectId } = input;
    if (!defaultProjectId) return;
    if (!(await this.projects.isActive(principal.organizationId, defaultProjectId, tx)))
      throw platformError('NOT_FOUND');
  }

  /** In days; null where the organization does not limit it. */
  private async longestLife(organizationId: string, tx: Tx): Promise<number | null> {
    return (await this.settings.read(organizationId, tx)).api_key_max_days;
  }

  private async lock(caller: Caller, id: string, tx: Tx): Promise<ApiKey> {
    await this.repository.lock(ownerOf(caller), id, tx);
    return this.getFrom(caller, id, tx);
  }

  private async getFrom(caller: Caller, id: string, db: Tx): Promise<ApiKey> {
    const key = await this.repository.findById(ownerOf(caller), id, db);
    if (!key) throw platformError('NOT_FOUND');
    return seenBy(caller, key);
  }

  private record(
    caller: Caller,
    action: string,
    id: string,
    { counts, details }: Pick<AuditEntry, 'counts' | 'details'>,
    tx: Tx,
  ): Promise<void> {
    const { sandboxOf } = caller.principal;
    // What becomes of keys stays known for as long as they do.
    const entry = {
      ...auditOf(caller),
      ...(sandboxOf && { organizationId: sandboxOf, projectId: undefined }),
    };
    const target = { type: 'api_key', id };
    return this.audit.append(
      { ...entry, action, target, ...(counts && { counts }), details: { ...entry.details, ...details } },
      tx,
    );
  }
}
