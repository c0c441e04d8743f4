import type { LoggedIn } from '../login-flow.service.js';
import type { LoginToken } from '../login-tokens.service.js';
import type { Registered } from '../registration-flow.service.js';
import type { UserCard } from '../users/user-card.js';
import type { LoggedInDto, ProfileDto, RegisteredDto } from './account.dto.js';
import type { LoginTokenDto } from './login-token.dto.js';

const time = (date: Date | null): string | null => date?.toISOString() ?? null;

export const presentProfile = (card: UserCard): ProfileDto => ({
  id: card.id,
  number: card.number,
  organization_id: card.organizationId,
  username: card.username,
  email: card.email,
  first_name: card.firstName,
  last_name: card.lastName,
  full_name: card.fullName,
  role: card.systemRole,
  has_password: card.hasPassword,
  last_login_at: time(card.lastLoginAt),
  created_at: card.createdAt.toISOString(),
  updated_at: card.updatedAt.toISOString(),
});

export const presentLoggedIn = ({ issued, user }: LoggedIn): LoggedInDto => ({
  token: issued.token,
  token_id: issued.id,
  user: presentProfile(user),
});

export const presentRegistered = ({
  organization: { id, name },
  ...loggedIn
}: Registered): RegisteredDto => ({
  ...presentLoggedIn(loggedIn),
  organization: { id, name },
});

export const presentLoginToken = (token: LoginToken): LoginTokenDto => ({
  id: token.id,
  client: token.client,
  current: token.current,
  created_at: token.createdAt.toISOString(),
  last_used_at: time(token.lastUsedAt),
});
