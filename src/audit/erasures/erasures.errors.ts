import { errorsOf } from '../../platform/errors/app-error.js';
import { defineErrors } from '../../platform/errors/error-registry.js';

export const ERASURES_ERRORS = defineErrors({
  STILL_MEMBER: {
    status: 409,
    type: 'conflict',
    message:
      'This person has an account beyond your organization. Remove them as a member first, or ask an administrator of the instance to erase the account.',
  },
});

export const erasureError = errorsOf(ERASURES_ERRORS);
