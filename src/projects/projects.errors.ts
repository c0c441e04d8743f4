import { errorsOf } from '../platform/errors/app-error.js';
import { defineErrors } from '../platform/errors/error-registry.js';

export const PROJECTS_ERRORS = defineErrors({
  LEGAL_HOLD: {
    status: 409,
    type: 'conflict',
    message: 'The project is under legal hold. Nothing of it can be deleted until that is lifted.',
  },
});

export const projectError = errorsOf(PROJECTS_ERRORS);
