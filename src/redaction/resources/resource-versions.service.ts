import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { platformError } from '../../platform/errors/app-error.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { Caller } from '../../platform/http/request-context.js';
import { ConfigSealer } from './config-sealer.service.js';
import type { ResourceVersion } from './resource.js';
import { ResourceVersionsRepository, type SealedVersion } from './resource-versions.repository.js';

/** Reading what a policy was at each version, and who made it so. */
@Injectable()
export class ResourceVersionsService {
  constructor(
    private readonly versions: ResourceVersionsRepository,
    private readonly configs: ConfigSealer,
    private readonly dataSource: DataSource,
  ) {}

  /** @throws AppError NOT_FOUND when there is no such resource */
  async listVersions(caller: Caller, resourceId: string, listing: Listing): Promise<Listed<ResourceVersion>> {
    const { organizationId } = caller.principal;
    const db = this.dataSource.manager;
    const { rows, ...rest } = await this.versions.list(organizationId, resourceId, listing, db);
    // Every resource has a version: without any there is no resource.
    if (rest.total === 0) throw platformError('NOT_FOUND');
    return { ...rest, rows: await Promise.all(rows.map((row) => this.opened(organizationId, row, db))) };
  }

  /** @throws AppError NOT_FOUND */
  async getVersion(caller: Caller, resourceId: string, version: number): Promise<ResourceVersion> {
    const { organizationId } = caller.principal;
    const db = this.dataSource.manager;
    const found = await this.versions.find(organizationId, resourceId, version, db);
    if (!found) throw platformError('NOT_FOUND');
    return this.opened(organizationId, found, db);
  }

  private async opened(
    organizationId: string,
    { configSealed, ...row }: SealedVersion,
    db: Tx,
  ): Promise<ResourceVersion> {
    const { resourceId, version } = row;
    const config = await this.configs.open({ organizationId, resourceId, version }, configSealed, db);
    return { ...row, config };
  }
}
