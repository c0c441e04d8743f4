import { Injectable } from '@nestjs/common';
import { UsersRepository } from '../../accounts/index.js';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Break } from './lineage-break.js';

/** The audit entry that tells of a restored database. */
@Injectable()
export class RestoredEntries {
  constructor(
    private readonly audit: AuditWriter,
    private readonly users: UsersRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** In the organization of the first administrator. */
  write({ checkpoint, size }: Break): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      const { organizationId } = await this.administrator(tx);
      await this.audit.append(
        {
          organizationId,
          actor: { type: 'system', id: 'set-up' },
          action: 'audit_log.restored',
          target: { type: 'audit_log', id: 'instance' },
          requestId: 'set-up',
          counts: { expected_size: checkpoint.size, found_size: size },
          details: { expected_root: checkpoint.root.toString('base64') },
        },
        tx,
      );
    });
  }

  private async administrator(tx: Tx) {
    const found = await this.users.findFirstAdministrator(tx);
    if (!found) throw new Error('an installation has an administrator');
    return found;
  }
}
