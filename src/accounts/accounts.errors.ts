import { errorsOf } from '../platform/errors/app-error.js';
import { defineErrors } from '../platform/errors/error-registry.js';

const FORBIDDEN = {
  status: 403,
  type: 'permission_error',
  sero: 'INSUFFICIENT_PERMISSIONS',
  platform: 'FORBIDDEN',
} as const;

export const ACCOUNTS_ERRORS = defineErrors({
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
});

export const accountError = errorsOf(ACCOUNTS_ERRORS);
