import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { platformError } from '../../platform/errors/app-error.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { Caller, Requester } from '../../platform/http/request-context.js';
import { ConfigSealer } from './config-sealer.service.js';
import type { Resource, ResourceFilter } from './resource.js';
import { ResourcesRepository, type SealedResource } from './resources.repository.js';

/** Reading redaction policies, which belong to the whole organization. */
@Injectable()
export class ResourcesService {
  constructor(
    private readonly repository: ResourcesRepository,
    private readonly configs: ConfigSealer,
    private readonly dataSource: DataSource,
  ) {}

  /** @throws AppError NOT_FOUND */
  async getResource({ principal }: Requester, id: string): Promise<Resource> {
    const db = this.dataSource.manager;
    const found = await this.repository.find(principal.organizationId, id, db);
    if (!found) throw platformError('NOT_FOUND');
    return this.opened(principal.organizationId, found, db);
  }

  async listResources(
    { principal }: Caller,
    filter: ResourceFilter,
    listing: Listing,
  ): Promise<Listed<Resource>> {
    const db = this.dataSource.manager;
    const { rows, ...rest } = await this.repository.list(principal.organizationId, filter, listing, db);
    const opened = rows.map((row) => this.opened(principal.organizationId, row, db));
    return { ...rest, rows: await Promise.all(opened) };
  }

  private async opened(
    organizationId: string,
    { configSealed, ...row }: SealedResource,
    db: Tx,
  ): Promise<Resource> {
    const place = { organizationId, resourceId: row.id, version: row.version };
    return { ...row, config: await this.configs.open(place, configSealed, db) };
  }
}
