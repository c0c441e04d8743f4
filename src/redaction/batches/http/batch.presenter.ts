import type { Job } from '../../../platform/queue/job.js';
import type { BatchWithJob } from '../batch.js';
import type { AcceptedBatchDto } from './accepted-batch.dto.js';
import type { BatchDto } from './batch.dto.js';

export const presentStoredBatch = ({ batch, job }: BatchWithJob): BatchDto => ({
  id: batch.id,
  job_id: batch.jobId,
  project_id: batch.projectId,
  created_by: batch.createdBy,
  status: job.status,
  progress: { total: batch.documents, completed: batch.completed, failed: batch.failed },
  created_at: batch.createdAt.toISOString(),
  finished_at: job.finishedAt?.toISOString() ?? null,
  expires_at: batch.expiresAt.toISOString(),
});

/** A job that was made this moment: nothing of it has begun. */
export function presentAcceptedBatch(requestId: string, job: Job): AcceptedBatchDto {
  const { batch_id = '' } = job.reference;
  return {
    request_id: requestId,
    batch_id,
    id: job.id,
    type: job.type,
    status: job.status,
    progress: { total: job.itemsTotal, completed: 0, failed: 0, rate: null, seconds_left: null },
    reference: { batch_id },
    project_id: job.projectId,
    created_by: job.createdBy,
    created_at: job.createdAt.toISOString(),
    started_at: null,
    finished_at: null,
    updated_at: job.updatedAt.toISOString(),
  };
}
