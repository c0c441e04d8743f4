import { errorsOf } from '../platform/errors/app-error.js';
import { defineErrors } from '../platform/errors/error-registry.js';

export const JOBS_ERRORS = defineErrors({
  JOB_ENDED: {
    status: 409,
    type: 'conflict',
    message: 'This has ended already, so there is nothing to cancel.',
  },
  NOTHING_TO_RETRY: {
    status: 409,
    type: 'conflict',
    message: 'Nothing here has failed or was cancelled, so there is nothing to retry.',
  },
});

export const jobsError = errorsOf(JOBS_ERRORS);
