import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { UnitOfWork } from '../database/unit-of-work.js';
import { PeriodicWork } from '../leader/periodic-work.js';
import { findProviders } from '../providers/find-providers.js';
import { TenantContents } from './tenant-contents.js';
import { type ErasedTenant, isReferredTo, TenantRowsRepository } from './tenant-rows.repository.js';
import { tenantTables } from './tenant-tables.js';

/** Rows that go in one transaction, and organizations in one run. */
const ROWS = 1_000;
const TENANTS = 100;

/** What outlives an organization: what its members did there, and who they are to others. */
const KEPT: readonly string[] = [
  'audit_logs',
  'audit_parked',
  'audit_pending',
  'audit_segments',
  'audit_trees',
  'users',
];

/**
 * Drops what is left of organizations that have ended, whose keys are gone already. Every step is small and begins with what
 * the database says is there, so that a crash between two of them loses nothing, and rows that were under way come next time.
 */
@Injectable()
export class TenantEraser extends PeriodicWork {
  readonly name = 'tenants.erase';
  readonly everyMs = 2_000;

  constructor(
    private readonly repository: TenantRowsRepository,
    private readonly discovery: DiscoveryService,
    private readonly unitOfWork: UnitOfWork,
    private readonly dataSource: DataSource,
  ) {
    super();
  }

  /** @throws what kept an organization from being erased, after trying all */
  async run(signal: AbortSignal): Promise<void> {
    const pending = await this.repository.listPending(TENANTS, this.dataSource.manager);
    if (pending.length === 0) return;
    const tables = await tenantTables(this.dataSource.manager);
    const failures: unknown[] = [];
    for (const tenant of pending) {
      if (signal.aborted) return;
      await this.erase(tenant, tables, signal).catch((error: unknown) => failures.push(error));
    }
    const failure = failures.find((error) => !isReferredTo(error));
    if (failure) throw failure;
  }

  private async erase(tenant: ErasedTenant, tables: readonly string[], signal: AbortSignal): Promise<void> {
    const dropped = tenant.isSandbox ? tables : tables.filter((name) => !KEPT.includes(name));
    for (const table of dropped) if (!(await this.empty(table, tenant, signal))) return;
    // Rows of several requests are written together: one that refers to nothing would have the others fail too.
    const ends = tenant.isSandbox && tenant.isQuiet;
    await this.unitOfWork.run((tx) =>
      ends ? this.repository.deleteTenant(tenant.id, tx) : this.repository.markErased(tenant.id, tx),
    );
  }

  /** Whether the table has no row of the organization any more: somebody may hold some. */
  private async empty(table: string, { id }: ErasedTenant, signal: AbortSignal): Promise<boolean> {
    const contents = findProviders(this.discovery, TenantContents).find((each) => each.table === table);
    for (let rows = ROWS; rows > 0; ) {
      if (signal.aborted) return false;
      rows = await this.unitOfWork.run(async (tx) => {
        const step = { column: contents?.column, limit: ROWS };
        const names = await this.repository.deleteSome(table, id, step, tx);
        if (contents && names.length > 0) await contents.release(names, tx);
        return names.length;
      });
    }
    return !(await this.repository.hasRows(table, id, this.dataSource.manager));
  }
}
