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
  INVALID_CREDENTIALS: {
    status: 401,
    type: 'authentication_error',
    message: 'E-mail or password is wrong.',
    sero: 'INVALID_API_KEY',
    platform: 'UNAUTHORIZED',
  },
  ACCOUNT_DISABLED: {
    status: 401,
    type: 'authentication_error',
    message: 'This account is disabled. Ask an administrator.',
    sero: 'INVALID_API_KEY',
    platform: 'UNAUTHORIZED',
  },
  INVALID_CURRENT_PASSWORD: {
    status: 400,
    type: 'validation_error',
    message: 'The current password is wrong.',
  },
  EMAIL_TAKEN: {
    status: 409,
    type: 'conflict',
    message: 'There is an account with this e-mail address. Log in, or reset its password.',
  },
  USERNAME_TAKEN: {
    status: 409,
    type: 'conflict',
    message: 'This user name is taken. Choose another.',
  },
  REGISTRATION_CLOSED: {
    ...FORBIDDEN,
    message: 'Accounts are made by invitation here. Send the token of one as invitation_token.',
  },
  INVALID_INVITATION: {
    status: 422,
    type: 'unprocessable',
    message: 'This invitation is unknown, used, revoked or too old. Ask for another.',
  },
  INVALID_RESET_TOKEN: {
    status: 422,
    type: 'unprocessable',
    message: 'This token is unknown, used or too old. Ask for another.',
  },
  NOT_LOGGED_IN: {
    status: 422,
    type: 'unprocessable',
    message:
      'This request came with an API key, which no login made. Say everywhere: true to end all logins.',
  },
  LOGINS_BUSY: {
    status: 503,
    type: 'service_unavailable',
    message: 'Too many passwords are being checked. Retry shortly.',
  },
  KEY_NOT_ACTIVE: {
    status: 422,
    type: 'unprocessable',
    message: 'This API key was revoked or has expired. Make a new one.',
  },
});

export const authError = errorsOf(AUTH_ERRORS);
