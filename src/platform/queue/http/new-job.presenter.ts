import type { Job } from '../job.js';
import type { JobDto } from './job.dto.js';

/** A job that was made this moment: nothing of it has begun. */
export const presentNewJob = (job: Job): JobDto => ({
  id: job.id,
  type: job.type,
  status: job.status,
  progress: { total: job.itemsTotal, completed: 0, failed: 0, rate: null, seconds_left: null },
  reference: { ...job.reference },
  project_id: job.projectId,
  created_by: job.createdBy,
  created_at: job.createdAt.toISOString(),
  started_at: null,
  finished_at: null,
  updated_at: job.updatedAt.toISOString(),
});
