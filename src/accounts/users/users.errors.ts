import { errorsOf } from '../../platform/errors/app-error.js';
import { defineErrors } from '../../platform/errors/error-registry.js';

const CONFLICT = { status: 409, type: 'conflict' } as const;

export const USERS_ERRORS = defineErrors({
  LAST_ADMINISTRATOR: {
    ...CONFLICT,
    message: 'The instance would be left without an administrator. Make somebody else one first.',
  },
  OWN_ACCOUNT: {
    ...CONFLICT,
    message: 'You cannot delete your own account. Another administrator can.',
  },
});

export const userError = errorsOf(USERS_ERRORS);
