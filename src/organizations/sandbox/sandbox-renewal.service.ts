import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { PeriodicWork } from '../../platform/leader/periodic-work.js';
import { TenantErasure } from '../../platform/tenants/tenant-erasure.js';
import { SandboxMaker } from './sandbox-maker.service.js';
import { type DueSandbox, SandboxesRepository } from './sandboxes.repository.js';

/** Sandboxes that are looked up in one go. */
const BATCH = 100;

/**
 * Puts a new sandbox in the place of each that was made on an earlier day, from 00:00 UTC on, each in a transaction of its own:
 * test keys work in the one or in the other. A leader that comes late, or after a crash, goes on with those that are left.
 */
@Injectable()
export class SandboxRenewal extends PeriodicWork {
  readonly name = 'sandboxes.renew';
  readonly everyMs = 1_000;

  constructor(
    private readonly repository: SandboxesRepository,
    private readonly maker: SandboxMaker,
    private readonly erasure: TenantErasure,
    private readonly audit: AuditWriter,
    private readonly unitOfWork: UnitOfWork,
    private readonly dataSource: DataSource,
  ) {
    super();
  }

  /** @throws what kept a sandbox from being renewed, after trying those that were looked up with it */
  async run(signal: AbortSignal): Promise<void> {
    const failures: unknown[] = [];
    while (!signal.aborted && failures.length === 0) {
      const due = await this.repository.listDue(BATCH, this.dataSource.manager);
      for (const sandbox of due) {
        if (signal.aborted) return;
        await this.unitOfWork
          .run((tx) => this.renew(sandbox, tx))
          .catch((error: unknown) => failures.push(error));
      }
      if (due.length < BATCH) break;
    }
    if (failures.length > 0) throw failures[0];
  }

  private async renew({ organizationId, sandboxId, userId }: DueSandbox, tx: Tx): Promise<void> {
    const live = await this.repository.lock(organizationId, tx);
    // Another leader was faster, or the organization has ended.
    if (live?.sandboxId !== sandboxId) return;
    await this.erasure.beginSandbox(sandboxId, tx);
    // Without a test key nobody could enter a new one: it is made with the next such key.
    if (userId !== null) await this.maker.make(organizationId, userId, tx);
    await this.audit.append(
      {
        organizationId,
        actor: { type: 'system', id: 'sandbox' },
        action: 'sandbox.renewed',
        target: { type: 'organization', id: organizationId },
        requestId: 'sandbox',
      },
      tx,
    );
  }
}
