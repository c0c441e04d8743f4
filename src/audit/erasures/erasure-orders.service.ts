import { Injectable } from '@nestjs/common';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { auditOf } from '../../platform/audit/audit-entry.js';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Caller } from '../../platform/http/request-context.js';
import { JobsWriter } from '../../platform/queue/jobs.writer.js';
import { newTask } from '../../platform/queue/task-definition.js';
import type { Erasure, ErasureOrder } from './erasure.js';
import { ERASURE, ERASURE_JOB } from './erasure.task.js';
import { columnsOf, ErasureOpener } from './erasure-opener.service.js';
import { type ErasureRehearsal, ErasureRuns } from './erasure-run.service.js';
import { ErasuresRepository } from './erasures.repository.js';
import { ErasuresService } from './erasures.service.js';

/** Takes orders for erasures, and rehearses them. */
@Injectable()
export class ErasureOrders {
  constructor(
    private readonly repository: ErasuresRepository,
    private readonly erasures: ErasuresService,
    private readonly opener: ErasureOpener,
    private readonly jobs: JobsWriter,
    private readonly audit: AuditWriter,
  ) {}

  /** The erasure and the job that carries it out. @throws AppError as {@link ErasuresService.settle} */
  async order(caller: Caller, order: ErasureOrder, tx: Tx): Promise<Erasure> {
    const settled = await this.erasures.settle(caller, order, tx);
    const { id, organizationId, subject } = settled;
    const reasonSealed = await this.opener.sealReason(settled, order.reason, tx);
    const requestedBy = caller.principal.userId;
    const status = 'queued' as const;
    await this.repository.insert(
      { id, organizationId, status, ...columnsOf(subject), reasonSealed, requestedBy, createdAt: new Date() },
      tx,
    );
    const tasks = [newTask(ERASURE, { erasure_id: id }, 1)];
    const reference = { erasure_id: id };
    const job = await this.jobs.create(caller, { type: ERASURE_JOB, version: 1, reference, tasks }, tx);
    await this.repository.setJob(organizationId, id, job.id, tx);
    await this.audit.append(
      {
        ...auditOf(caller),
        action: 'erasure.created',
        target: { type: 'erasure', id },
        ...('userId' in subject && { subjectUserId: subject.userId }),
      },
      tx,
    );
    return this.erasures.getErasure(organizationId, id, tx);
  }
}

/** What an erasure would come to. */
@Injectable()
export class ErasureRehearsals {
  constructor(
    private readonly erasures: ErasuresService,
    private readonly runs: ErasureRuns,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws AppError as {@link ErasuresService.settle}; the signal's reason once the request has ended */
  async rehearse(caller: Caller, order: ErasureOrder): Promise<ErasureRehearsal> {
    const settled = await this.unitOfWork.run((tx) => this.erasures.settle(caller, order, tx));
    return this.runs.rehearse(settled, caller.signal());
  }
}
