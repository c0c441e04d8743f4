import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { OrganizationsRepository } from '../organizations/index.js';
import type { Listed, Listing } from '../platform/http/listing.js';
import { AuditLogsRepository } from './audit-logs.repository.js';
import { AuditOpener } from './audit-opener.service.js';
import type { AuditReach } from './audit-reach.policy.js';
import type { AuditFilter, AuditRecord } from './audit-record.js';

/** Reads the part of the audit log that somebody has, opening what of it is sealed and not closed to them. */
@Injectable()
export class AuditLogsService {
  constructor(
    private readonly repository: AuditLogsRepository,
    private readonly opener: AuditOpener,
    private readonly organizations: OrganizationsRepository,
    private readonly dataSource: DataSource,
  ) {}

  async list(reach: AuditReach, filter: AuditFilter, listing: Listing): Promise<Listed<AuditRecord>> {
    const db = this.dataSource.manager;
    const sandboxes = reach.whole === 'instance' ? await this.organizations.findSandboxIds(db) : [];
    const listed = await this.repository.list(reach, sandboxes, filter, listing, db);
    return { ...listed, rows: await this.opener.open(listed.rows, reach, db) };
  }
}
