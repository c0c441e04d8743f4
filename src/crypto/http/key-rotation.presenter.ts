import type { Job } from '../../platform/queue/job.js';
import type { KeyRotationDto } from './key-rotation.dto.js';

/** A job that was made this moment: nothing of it has begun. */
export function presentKeyRotation(job: Job): KeyRotationDto {
  const { target = '', key_id = '' } = job.reference;
  return {
    id: job.id,
    type: job.type,
    status: job.status,
    progress: { total: job.itemsTotal, completed: 0, failed: 0, rate: null, seconds_left: null },
    reference: { target, key_id },
    project_id: job.projectId,
    created_by: job.createdBy,
    created_at: job.createdAt.toISOString(),
    started_at: null,
    finished_at: null,
    updated_at: job.updatedAt.toISOString(),
  };
}
