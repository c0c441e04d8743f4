import { Injectable } from '@nestjs/common';
import { InstanceSigner } from '../../crypto/index.js';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import type { AuditEntry } from '../../platform/audit/audit-entry.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { EventOutbox } from '../../platform/outbox/event-outbox.js';
import { subjectOf } from './erasure-opener.service.js';
import { statementOf } from './erasure-statement.js';
import { ErasuresRepository } from './erasures.repository.js';

/** Who is to stand in the log for it. */
export type ErasureActor = Pick<AuditEntry, 'actor' | 'requestId'>;

/** States what an erasure has come to, once all of it is done. */
@Injectable()
export class ErasureCompletion {
  constructor(
    private readonly repository: ErasuresRepository,
    private readonly signer: InstanceSigner,
    private readonly audit: AuditWriter,
    private readonly events: EventOutbox,
  ) {}

  /** Signs, audits and tells; nothing where another did so before. */
  async complete(organizationId: string, id: string, by: ErasureActor, tx: Tx): Promise<void> {
    const row = await this.repository.lock(organizationId, id, tx);
    if (!row || row.status === 'completed') return;
    const completedAt = new Date();
    const statement = statementOf({ ...row, subject: subjectOf(row), completedAt });
    const signature = await this.signer.sign(Buffer.from(statement), tx);
    await this.repository.complete(organizationId, id, completedAt, { statement, signature }, tx);
    await this.audit.append(
      {
        ...by,
        organizationId,
        action: row.reappliedAt ? 'erasure.reapplied' : 'erasure.completed',
        target: { type: 'erasure', id },
        ...(row.userId && { subjectUserId: row.userId }),
        counts: row.counts,
      },
      tx,
    );
    const data = { erasure_id: id, status: 'completed', counts: row.counts };
    await this.events.append({ organizationId, name: 'erasure.completed', data }, tx);
  }
}
