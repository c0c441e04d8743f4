import { Injectable } from '@nestjs/common';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { auditOf } from '../../platform/audit/audit-entry.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { platformError } from '../../platform/errors/app-error.js';
import { assertMatch, type IfMatch } from '../../platform/http/etag.js';
import { newId } from '../../platform/http/ids.js';
import type { Caller } from '../../platform/http/request-context.js';
import { EventOutbox } from '../../platform/outbox/event-outbox.js';
import { ConfigSealer } from './config-sealer.service.js';
import type { NewResource, Resource, ResourceChange } from './resource.js';
import { type Checked, changeConfig, checkTypes } from './resource-config.js';
import { ResourceVersionsRepository } from './resource-versions.repository.js';
import { type ResourceRow, ResourcesRepository } from './resources.repository.js';

/** Changing redaction policies: each change makes a version, an audit row and an event, all or none. */
@Injectable()
export class ResourceChangesService {
  constructor(
    private readonly resources: ResourcesRepository,
    private readonly versions: ResourceVersionsRepository,
    private readonly configs: ConfigSealer,
    private readonly audit: AuditWriter,
    private readonly events: EventOutbox,
  ) {}

  /** Makes version 1. Names need not differ. @throws AppError VALIDATION_ERROR for a type nobody knows */
  async createResource(
    caller: Caller,
    { name, type, config }: Checked<NewResource>,
    tx: Tx,
  ): Promise<Resource> {
    const { organizationId, userId } = caller.principal;
    const now = new Date();
    const settings = changeConfig({}, config);
    checkTypes(settings);
    const resource: Resource = {
      id: newId('res'),
      name,
      type,
      status: 'active',
      config: settings,
      version: 1,
      createdBy: userId,
      createdAt: now,
      updatedAt: now,
    };
    await this.resources.insert(organizationId, resource, tx);
    await this.keepVersion(caller, resource, tx);
    await this.tell(caller, resource, 'resource.created', tx);
    return resource;
  }

  /**
   * Makes the next version. Changes of one resource follow one another, so that none is lost.
   * @throws AppError NOT_FOUND, PRECONDITION_FAILED, VALIDATION_ERROR for a type nobody knows any more
   */
  async changeResource(
    caller: Caller,
    id: string,
    change: Checked<ResourceChange>,
    ifMatch: IfMatch,
    tx: Tx,
  ): Promise<Resource> {
    const { organizationId } = caller.principal;
    const row = await this.lock(caller, id, ifMatch, tx);
    const config = changeConfig(await this.configOf(organizationId, row, tx), change.config);
    checkTypes(config);
    const changed: Resource = {
      ...row,
      name: change.name ?? row.name,
      status: change.status ?? row.status,
      config,
      version: row.version + 1,
      updatedAt: new Date(),
    };
    await this.resources.update(organizationId, changed, tx);
    await this.keepVersion(caller, changed, tx);
    const archived = changed.status === 'archived' && row.status !== 'archived';
    await this.tell(caller, changed, archived ? 'resource.archived' : 'resource.updated', tx);
    return changed;
  }

  /** Erases a resource with all its versions. @throws AppError NOT_FOUND, PRECONDITION_FAILED */
  async deleteResource(caller: Caller, id: string, ifMatch: IfMatch, tx: Tx): Promise<void> {
    const { organizationId } = caller.principal;
    const row = await this.lock(caller, id, ifMatch, tx);
    await this.versions.deleteAll(organizationId, id, tx);
    await this.resources.delete(organizationId, id, tx);
    await this.tell(caller, row, 'resource.deleted', tx);
  }

  private async lock({ principal }: Caller, id: string, ifMatch: IfMatch, tx: Tx): Promise<ResourceRow> {
    const row = await this.resources.lock(principal.organizationId, id, tx);
    if (!row) throw platformError('NOT_FOUND');
    assertMatch(ifMatch, row.version);
    return row;
  }

  private async configOf(organizationId: string, { id, version }: ResourceRow, tx: Tx) {
    const found = await this.versions.find(organizationId, id, version, tx);
    if (!found) throw new Error(`resource ${id} lacks its version ${version}`);
    return this.configs.open({ organizationId, resourceId: id, version }, found.configSealed, tx);
  }

  private async keepVersion({ principal }: Caller, resource: Resource, tx: Tx): Promise<void> {
    const { organizationId, userId } = principal;
    const { id, version, name, status, config, updatedAt } = resource;
    const configSealed = await this.configs.seal({ organizationId, resourceId: id, version }, config, tx);
    const row = {
      resourceId: id,
      version,
      name,
      status,
      configSealed,
      createdBy: userId,
      createdAt: updatedAt,
    };
    await this.versions.insert(organizationId, row, tx);
  }

  /** The audit row says which version, the event what it is about; settings are in neither. */
  private async tell(
    caller: Caller,
    { id, type, name, version }: ResourceRow,
    action: `resource.${'created' | 'updated' | 'archived' | 'deleted'}`,
    tx: Tx,
  ): Promise<void> {
    const { details, ...entry } = auditOf(caller);
    const target = { type: 'resource', id };
    await this.audit.append({ ...entry, action, target, details: { ...details, version } }, tx);
    const event = action === 'resource.archived' ? 'resource.updated' : action;
    const { organizationId } = caller.principal;
    await this.events.append({ organizationId, name: event, data: { id, type, name } }, tx);
  }
}
