import { errorsOf } from '../platform/errors/app-error.js';
import { defineErrors } from '../platform/errors/error-registry.js';

const FORBIDDEN = {
  status: 403,
  type: 'permission_error',
  sero: 'INSUFFICIENT_PERMISSIONS',
  platform: 'FORBIDDEN',
} as const;

export const AUTH_ERRORS = defineErrors({
  SCOPE_NOT_HELD: {
    ...FORBIDDEN,
    message: 'A key cannot give a scope that it does not hold, nor change or rotate a key that has one.',
  },
  PLAN_NOT_ASSIGNABLE: {
    ...FORBIDDEN,
    message: 'Plans and limits of keys are set by administrators.',
  },
  MODE_NOT_HELD: {
    ...FORBIDDEN,
    message: 'A test key makes test keys alone. Make live keys with a live credential.',
  },
  KEY_OF_ANOTHER_USER: {
    ...FORBIDDEN,
    message:
      "Only its user can rotate a key, since the new secret acts in that user's name. You can revoke it.",
  },
  NETWORK_NOT_HELD: {
    status: 403,
    type: 'permission_error',
    message:
      'A key that is limited to networks can make and replace only keys limited to networks within those.',
    sero: 'INSUFFICIENT_PERMISSIONS',
    platform: 'FORBIDDEN',
  },
  NETWORK_NOT_ALLOWED: {
    ...FORBIDDEN,
    message: 'This API key may not be used from this address.',
  },
  KEY_NOT_ACTIVE: {
    status: 422,
    type: 'unprocessable',
    message: 'This API key was revoked or has expired. Make a new one.',
  },
});

export const authError = errorsOf(AUTH_ERRORS);
