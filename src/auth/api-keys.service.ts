import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditWriter } from '../platform/audit/audit.writer.js';
import { auditOf } from '../platform/audit/audit-entry.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { invalidField, platformError } from '../platform/errors/app-error.js';
import { newId } from '../platform/http/ids.js';
import type { Page } from '../platform/http/paging.js';
import type { Permission } from '../platform/http/permission.js';
import { holds } from '../platform/http/principal.js';
import type { Caller } from '../platform/http/request-context.js';
import { type ApiKey, generateApiKey, hashApiKey, hintOf } from './api-key.js';
import { ApiKeysRepository, type KeyOwner } from './api-keys.repository.js';
import { authError } from './auth.errors.js';

export interface NewApiKey {
  readonly name: string;
  readonly scopes: readonly (Permission | '*')[];
  readonly expiresAt: Date | undefined;
}

/** An administrator manages the organization's keys, everybody else their own. */
const ownerOf = ({ principal }: Caller): KeyOwner => ({
  organizationId: principal.organizationId,
  ...(principal.systemRole !== 'admin' && { userId: principal.userId }),
});

@Injectable()
export class ApiKeysService {
  constructor(
    private readonly repository: ApiKeysRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditWriter,
    private readonly dataSource: DataSource,
  ) {}

  /**
   * Makes a key for the caller's user. The secret is in the answer alone.
   * @throws AppError SCOPE_NOT_HELD, VALIDATION_ERROR for an expiry that has passed
   */
  async createKey(caller: Caller, input: NewApiKey): Promise<ApiKey & { readonly key: string }> {
    const { principal } = caller;
    const beyond = input.scopes.find((scope) =>
      scope === '*' ? !principal.scopes.includes('*') : !holds(principal, scope),
    );
    if (beyond) throw authError('SCOPE_NOT_HELD', { details: { field: 'scopes', constraint: 'held' } });
    if (input.expiresAt && input.expiresAt.getTime() <= Date.now()) {
      throw invalidField('expires_at', 'future', "'expires_at' must lie in the future.");
    }
    const key = generateApiKey();
    const row = {
      id: newId('key'),
      organizationId: principal.organizationId,
      userId: principal.userId,
      defaultProjectId: principal.defaultProjectId ?? null,
      name: input.name,
      hint: hintOf(key),
      scopes: [...new Set(input.scopes)],
      plan: principal.plan,
      expiresAt: input.expiresAt ?? null,
    };
    return this.unitOfWork.run(async (tx) => {
      await this.repository.insert({ ...row, hash: hashApiKey(key) }, tx);
      await this.audit.append(
        { ...auditOf(caller), action: 'api_key.created', target: { type: 'api_key', id: row.id } },
        tx,
      );
      return { ...(await this.getFrom(caller, row.id, tx)), key };
    });
  }

  /** @throws AppError NOT_FOUND */
  getKey(caller: Caller, id: string): Promise<ApiKey> {
    return this.getFrom(caller, id, this.dataSource.manager);
  }

  listKeys(caller: Caller, page: Page): Promise<[ApiKey[], number]> {
    return this.repository.list(ownerOf(caller), page, this.dataSource.manager);
  }

  /** Revokes a key from the very next request on; revoking again changes nothing. @throws AppError NOT_FOUND */
  async revokeKey(caller: Caller, id: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.getFrom(caller, id, tx);
      if (!(await this.repository.markRevoked(ownerOf(caller), id, tx))) return;
      await this.audit.append(
        { ...auditOf(caller), action: 'api_key.revoked', target: { type: 'api_key', id } },
        tx,
      );
    });
  }

  private async getFrom(caller: Caller, id: string, db: DataSource['manager']): Promise<ApiKey> {
    const key = await this.repository.findById(ownerOf(caller), id, db);
    if (!key) throw platformError('NOT_FOUND');
    return key;
  }
}
