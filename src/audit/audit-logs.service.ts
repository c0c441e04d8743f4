import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Sealer } from '../platform/audit/audit.writer.js';
import type { AuditDetails } from '../platform/audit/audit-entry.js';
import type { Listed, Listing } from '../platform/http/listing.js';
import type { Caller } from '../platform/http/request-context.js';
import { AuditLogsRepository, type AuditRow } from './audit-logs.repository.js';
import type { AuditFilter, AuditRecord } from './audit-record.js';

/** Reads the audit log of the caller's organization, opening what is sealed. */
@Injectable()
export class AuditLogsService {
  constructor(
    private readonly repository: AuditLogsRepository,
    private readonly sealer: Sealer,
    private readonly dataSource: DataSource,
  ) {}

  async list(caller: Caller, filter: AuditFilter, listing: Listing): Promise<Listed<AuditRecord>> {
    const { organizationId } = caller.principal;
    const listed = await this.repository.list(organizationId, filter, listing, this.dataSource.manager);
    return { ...listed, rows: await Promise.all(listed.rows.map((row) => this.open(row))) };
  }

  private async open({ sealed, number, ...row }: AuditRow): Promise<AuditRecord> {
    const place = { organizationId: row.organizationId, table: 'audit_logs', id: row.id, version: 1 };
    const opened = await this.sealer.open(place, sealed, this.dataSource.manager);
    const details: AuditDetails = JSON.parse(opened.toString('utf8'));
    return {
      ...row,
      number: Number(number),
      clientAddress: details.client_address ?? null,
      userAgent: details.user_agent ?? null,
      methodUsed: details.method_used ?? null,
      policyId: details.policy_id ?? null,
      policyVersion: details.policy_version ?? null,
    };
  }
}
