import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { StoredEvent } from '../../platform/outbox/event.js';
import { EventConsumer } from '../../platform/outbox/event-consumer.js';
import { ErasureCompletion } from './erasure-completion.service.js';
import { ErasureLedger } from './erasure-ledger.service.js';
import { columnsOf } from './erasure-opener.service.js';
import { ErasuresRepository } from './erasures.repository.js';

/** Enters projects that were deleted into the ledger: their keys went with them, and a restored database has these again. */
@Injectable()
export class DeletedProjects extends EventConsumer {
  readonly name = 'erasures.projects';
  readonly events = ['project.deleted'];

  constructor(
    private readonly repository: ErasuresRepository,
    private readonly ledger: ErasureLedger,
    private readonly completion: ErasureCompletion,
  ) {
    super();
  }

  async handle({ organizationId, projectId, createdAt }: StoredEvent, tx: Tx): Promise<void> {
    const tenant = await this.repository.findTenant(organizationId, tx);
    if (projectId === null || !tenant || tenant.isSandbox) return;
    // The same entry, however often it is made.
    const id = projectId.replace(/^proj_/, 'erasure_');
    const subject = { projectId };
    await this.ledger.enter({ id, organizationId, subject, createdAt });
    const row = { id, organizationId, createdAt, status: 'running', ...columnsOf(subject) } as const;
    await this.repository.insert({ ...row, reasonSealed: null, requestedBy: null }, tx);
    await this.repository.addCount(organizationId, id, 'projects', 1, tx);
    const by = { actor: { type: 'system', id: 'erasure' }, requestId: id } as const;
    await this.completion.complete(organizationId, id, by, tx);
  }
}
