import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { platformError } from '../../../platform/errors/app-error.js';
import { ObjectField, StringField } from '../../../platform/http/fields.js';
import { isId } from '../../../platform/http/ids.js';
import { holds } from '../../../platform/http/principal.js';
import type { Caller } from '../../../platform/http/request-context.js';
import { inputOf } from '../../../platform/queue/http/job-input.js';
import type { Job } from '../../../platform/queue/job.js';
import { JobType } from '../../../platform/queue/job-type.js';
import { KnowledgeBasesService } from '../../bases/knowledge-bases.service.js';
import { REINDEX_JOB } from '../knowledge-document.task.js';
import { ReindexingService } from '../reindexing.service.js';

class ReindexInput {
  @StringField({ minLength: 1, maxLength: 100 })
  knowledge_base_id: string;
}

/** The part of a job's request that indexing anew reads. */
class ReindexJobBody {
  @ObjectField(() => ReindexInput)
  input: ReindexInput;
}

/** Knowledge bases indexed anew by `POST jobs`: the same as `POST knowledge/{id}/reindex`. */
@Injectable()
export class ReindexJobType extends JobType {
  readonly type = REINDEX_JOB;

  constructor(
    private readonly bases: KnowledgeBasesService,
    private readonly reindexing: ReindexingService,
  ) {
    super();
  }

  /** @throws AppError as the other operation does */
  async prepare(caller: Caller, input: unknown): Promise<(tx: Tx) => Promise<Job>> {
    if (!holds(caller.principal, 'knowledge:write')) {
      const message = 'This credential lacks the scope knowledge:write.';
      throw platformError('PERMISSION_DENIED', { message });
    }
    const { knowledge_base_id: id } = await inputOf(ReindexJobBody, input);
    if (!isId('kb', id))
      throw platformError('NOT_FOUND', {
        details: { field: 'input.knowledge_base_id', constraint: 'exists' },
      });
    await this.bases.getRow(caller, id);
    return (tx) => this.reindexing.reindex(caller, id, undefined, tx);
  }
}
