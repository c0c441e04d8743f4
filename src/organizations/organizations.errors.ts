import { errorsOf } from '../platform/errors/app-error.js';
import { defineErrors } from '../platform/errors/error-registry.js';

const CONFLICT = { status: 409, type: 'conflict' } as const;

export const ORGANIZATIONS_ERRORS = defineErrors({
  ORGANIZATION_EXISTS: {
    ...CONFLICT,
    message: 'You belong to an organization of this name already. Choose another name.',
  },
  ORGANIZATION_IN_USE: {
    ...CONFLICT,
    message:
      'The organization is the home of users. Each of them has to choose another home first, by PATCH /api/v1/auth/profile with organization_id.',
  },
  LAST_ADMIN: {
    ...CONFLICT,
    message: 'The organization would be left without an administrator. Make another member one first.',
  },
  ORGANIZATION_OWNED: {
    ...CONFLICT,
    message:
      'The user is the only member of organizations. Have them hand these over, or send erase_organizations=true to erase them with all that is in them.',
  },
  ALREADY_MEMBER: { ...CONFLICT, message: 'That user is a member of the organization already.' },
  EMAIL_NOT_ALLOWED: {
    status: 422,
    type: 'unprocessable',
    message: 'The organization invites addresses of certain domains alone.',
  },
  INVITATION_EXISTS: {
    ...CONFLICT,
    message: 'There is an open invitation for this address. Revoke it to send another.',
  },
  INVITATION_ACCEPTED: {
    ...CONFLICT,
    message: 'The invitation has been accepted. Remove the member instead.',
  },
});

export const organizationError = errorsOf(ORGANIZATIONS_ERRORS);
