import { errorsOf } from '../platform/errors/app-error.js';
import { defineErrors } from '../platform/errors/error-registry.js';

export const PROJECTS_ERRORS = defineErrors({
  LEGAL_HOLD: {
    status: 409,
    type: 'conflict',
    message: 'The project is under legal hold. Nothing of it can be deleted until that is lifted.',
  },
  PROJECT_ARCHIVED: {
    status: 422,
    type: 'unprocessable',
    message: 'The project is archived. Restore it to put anything into it.',
  },
  SHARE_USER_UNKNOWN: {
    status: 422,
    type: 'unprocessable',
    message: 'Nobody with an account has that. Invite them to the organization first, or have them register.',
  },
  SHARE_EXISTS: {
    status: 409,
    type: 'conflict',
    message: 'The project is shared with this user already. Change the role of that share instead.',
  },
});

export const projectError = errorsOf(PROJECTS_ERRORS);

export const projectArchived = () =>
  projectError('PROJECT_ARCHIVED', { details: { field: 'project_id', constraint: 'active' } });
