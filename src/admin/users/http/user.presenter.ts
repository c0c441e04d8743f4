import { User, type UserCard } from '../../../accounts/index.js';
import type { ImportOutcome } from '../import/user-import.service.js';
import type { OnboardedUser } from '../user-onboarding.service.js';
import type { UserPermissions } from '../user-permissions.service.js';
import type {
  CreatedUserDto,
  CreateUserDto,
  IssuedResetDto,
  ResetTokenDto,
  UpdateUserDto,
  UserDto,
} from './user.dto.js';
import type { UserImportDto } from './user-import.dto.js';
import type { UserPermissionsDto } from './user-permissions.dto.js';

type Reset = OnboardedUser['reset'];

export const presentUser = (user: UserCard): UserDto => ({
  id: user.id,
  number: user.number,
  email: user.email,
  username: user.username,
  name: user.fullName,
  first_name: user.firstName,
  last_name: user.lastName,
  department: user.department,
  system_role: user.systemRole,
  status: User.statusOf(user),
  organization_id: user.organizationId,
  has_password: user.hasPassword,
  last_login_at: user.lastLoginAt?.toISOString() ?? null,
  created_at: user.createdAt.toISOString(),
  updated_at: user.updatedAt.toISOString(),
});

/** @param baseUrl the deployment's address, or nothing for a path */
const presentReset = ({ token, expiresAt }: Reset, baseUrl: string): ResetTokenDto => ({
  token,
  confirm_url: `${baseUrl}/api/v1/auth/password/reset/confirm`,
  expires_at: expiresAt.toISOString(),
});

export const presentOnboarded = ({ user, reset }: OnboardedUser, baseUrl: string): CreatedUserDto => ({
  ...presentUser(user),
  password_reset: presentReset(reset, baseUrl),
});

export const presentIssuedReset = (userId: string, reset: Reset, baseUrl: string): IssuedResetDto => ({
  user_id: userId,
  ...presentReset(reset, baseUrl),
});

export const presentImport = ({ onboarded, errors }: ImportOutcome, baseUrl: string): UserImportDto => ({
  created: onboarded.length,
  failed: errors.length,
  users: onboarded.map(({ row, user }) => ({ row, id: user.id })),
  errors: errors.map((error) => ({ ...error })),
  password_resets: onboarded.map(({ user, reset }) => ({
    user_id: user.id,
    ...presentReset(reset, baseUrl),
  })),
});

export const presentUserPermissions = ({
  userId,
  systemRole,
  status,
  everywhere,
  organizations,
}: UserPermissions): UserPermissionsDto => ({
  user_id: userId,
  system_role: systemRole,
  status,
  permissions: everywhere,
  organizations: organizations.map(({ organizationId, role, permissions }) => ({
    organization_id: organizationId,
    role,
    permissions: [...permissions],
  })),
});

/** What a body says of somebody new. */
export const newPersonOf = (body: CreateUserDto): User.NewPerson => ({
  email: body.email,
  username: body.username,
  firstName: body.first_name,
  lastName: body.last_name,
  department: body.department ?? undefined,
  systemRole: body.system_role,
});

export const changeOf = (body: UpdateUserDto): User.UserChange => ({
  firstName: body.first_name,
  lastName: body.last_name,
  department: body.department,
  systemRole: body.system_role,
  disabled: body.disabled,
});
