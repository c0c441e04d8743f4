import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Sealer } from '../platform/audit/audit.writer.js';
import type { AuditDetails } from '../platform/audit/audit-entry.js';
import type { Caller } from '../platform/http/request-context.js';
import type { AuditLogEntity } from './audit-log.entity.js';
import { AuditLogsRepository } from './audit-logs.repository.js';
import type { AuditFilter, AuditRecord } from './audit-record.js';

/** Reads the audit log of the caller's organization, opening what is sealed. */
@Injectable()
export class AuditLogsService {
  constructor(
    private readonly repository: AuditLogsRepository,
    private readonly sealer: Sealer,
    private readonly dataSource: DataSource,
  ) {}

  async list(
    caller: Caller,
    filter: AuditFilter,
    window: { readonly offset: number; readonly size: number },
  ): Promise<[AuditRecord[], number]> {
    const { organizationId } = caller.principal;
    const [rows, total] = await this.repository.list(organizationId, filter, window, this.dataSource.manager);
    return [await Promise.all(rows.map((row) => this.open(row))), total];
  }

  private async open({ sealed, number, ...row }: AuditLogEntity): Promise<AuditRecord> {
    const place = { organizationId: row.organizationId, table: 'audit_logs', id: row.id, version: 1 };
    const opened = await this.sealer.open(place, sealed, this.dataSource.manager);
    const details: AuditDetails = JSON.parse(opened.toString('utf8'));
    return {
      ...row,
      number: Number(number),
      clientAddress: details.client_address ?? null,
      userAgent: details.user_agent ?? null,
      methodUsed: details.method_used ?? null,
    };
  }
}
