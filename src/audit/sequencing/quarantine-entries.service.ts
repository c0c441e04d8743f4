import { Injectable } from '@nestjs/common';
import { UsersRepository } from '../../accounts/index.js';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { TreeFault } from '../trees/tree-fault.js';

type News = 'quarantined' | 'released';

/** What entries call the log of the instance. */
const INSTANCE = 'instance';

/** Which log, how many leaves it says that it has, and what is wrong with it. */
export interface SetApart {
  /** Null for the log of the instance. */
  readonly organizationId: string | null;
  readonly size: number;
  readonly reason?: TreeFault;
}

/** The audit entries that tell of logs that were set apart. */
@Injectable()
export class QuarantineEntries {
  constructor(
    private readonly audit: AuditWriter,
    private readonly users: UsersRepository,
  ) {}

  /**
   * In the organization itself, for those who administer it, and in that of the first administrator, whose log goes on. What
   * befalls the instance's log stands there alone: the instance's has no entries of its own.
   */
  async write(news: News, { organizationId, size, reason }: SetApart, tx: Tx): Promise<void> {
    const first = await this.users.findFirstAdministrator(tx);
    const own = organizationId !== null && (await this.isThere(organizationId, tx)) ? [organizationId] : [];
    const told = new Set([...own, ...(first ? [first.organizationId] : [])]);
    for (const organization of told)
      await this.audit.append(
        {
          organizationId: organization,
          actor: { type: 'system', id: 'sequencer' },
          action: `audit_log.${news}`,
          target: { type: 'audit_log', id: organizationId ?? INSTANCE },
          requestId: 'sequencer',
          counts: { size },
          details: { reason },
        },
        tx,
      );
  }

  /** One that was deleted has no key any more to seal an entry with. */
  private async isThere(organizationId: string, tx: Tx): Promise<boolean> {
    const sql = 'SELECT FROM organizations WHERE id = $1 AND deleted_at IS NULL';
    return (await tx.query(sql, [organizationId])).length > 0;
  }
}
