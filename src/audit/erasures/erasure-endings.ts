import { Injectable } from '@nestjs/common';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Task } from '../../platform/queue/job.js';
import { TaskEnding } from '../../platform/queue/task-endings.js';
import { ERASURE } from './erasure.task.js';
import { ErasuresRepository } from './erasures.repository.js';

const idOf = ({ input }: Task): string => String(input.erasure_id);

/** What becomes of an erasure whose task failed or was cancelled: it says so, and goes on when the task is repeated. */
@Injectable()
export class ErasureEndings extends TaskEnding {
  readonly type = ERASURE.type;

  constructor(
    private readonly repository: ErasuresRepository,
    private readonly audit: AuditWriter,
  ) {
    super();
  }

  async run(tasks: readonly Task[], tx: Tx): Promise<void> {
    for (const task of tasks) {
      if (task.status !== 'failed' && task.status !== 'cancelled') continue;
      const { organizationId, jobId } = task;
      const code = task.status === 'cancelled' ? 'CANCELLED' : (task.errorCode ?? 'TASK_FAILED');
      await this.repository.setStatus(organizationId, idOf(task), 'failed', code, tx);
      await this.audit.append(
        {
          organizationId,
          actor: { type: 'system', id: 'worker' },
          action: 'erasure.failed',
          target: { type: 'erasure', id: idOf(task) },
          requestId: jobId,
        },
        tx,
      );
    }
  }

  override async undo(tasks: readonly Task[], tx: Tx): Promise<void> {
    for (const task of tasks)
      await this.repository.setStatus(task.organizationId, idOf(task), 'queued', null, tx);
  }
}
