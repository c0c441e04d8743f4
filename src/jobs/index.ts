export * as JobDtos from './http/job.dto.js';
export { JOB_BODY_LIMIT, JobOperations } from './http/job-operations.js';
export * as LogDtos from './http/log.dto.js';
export { LogOperations } from './http/log-operations.js';
export * as TaskDtos from './http/task.dto.js';
export { TaskOperations } from './http/task-operations.js';
export { JOBS_ERRORS } from './jobs.errors.js';
export { JobsModule } from './jobs.module.js';
