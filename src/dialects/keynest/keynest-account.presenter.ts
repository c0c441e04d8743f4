import type { AccountFlows, UserCard } from '../../accounts/index.js';
import type {
  KeynestLoginDto,
  KeynestNewUserDto,
  KeynestProfileDto,
  KeynestRegisteredDto,
  KeynestUserDto,
} from './keynest-account.dto.js';

/** KeyNest knows no account without names: what there is not yet is empty. */
const presentUser = (card: UserCard): KeynestUserDto => ({
  id: card.number,
  username: card.username ?? '',
  email: card.email ?? '',
  first_name: card.firstName,
  last_name: card.lastName,
  full_name: card.fullName,
});

const presentNewUser = (card: UserCard): KeynestNewUserDto => ({
  ...presentUser(card),
  date_joined: card.createdAt.toISOString(),
});

export const presentKeynestProfile = (card: UserCard): KeynestProfileDto => ({
  ...presentNewUser(card),
  last_login: card.lastLoginAt?.toISOString() ?? null,
  is_active: !card.disabled,
});

export const presentKeynestLogin = ({ issued, user }: AccountFlows.LoggedIn): KeynestLoginDto => ({
  token: issued.token,
  user: presentUser(user),
});

export const presentKeynestRegistered = ({
  issued,
  user,
  organization: { number, name },
}: AccountFlows.Registered): KeynestRegisteredDto => ({
  message: 'User registered successfully',
  token: issued.token,
  user: presentNewUser(user),
  organization: { id: number, name },
});
