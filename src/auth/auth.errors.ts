import { errorsOf } from '../platform/errors/app-error.js';
import { defineErrors } from '../platform/errors/error-registry.js';

export const AUTH_ERRORS = defineErrors({
  SCOPE_NOT_HELD: {
    status: 403,
    type: 'permission_error',
    message: 'A key cannot be given a scope that the key making it does not hold.',
    sero: 'INSUFFICIENT_PERMISSIONS',
    platform: 'FORBIDDEN',
  },
});

export const authError = errorsOf(AUTH_ERRORS);
