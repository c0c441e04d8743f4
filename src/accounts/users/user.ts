import type { UserCard } from './user-card.js';

export const SYSTEM_ROLES = ['pending', 'user', 'admin'] as const;
export type SystemRole = (typeof SYSTEM_ROLES)[number];

/** `pending` waits for an administrator to admit them, `disabled` is refused whatever they send. */
export const USER_STATUSES = ['active', 'disabled', 'pending'] as const;
export type UserStatus = (typeof USER_STATUSES)[number];

/** Which users to list; absent fields do not filter. */
export interface UserFilter {
  readonly systemRole?: SystemRole | undefined;
  readonly status?: UserStatus | undefined;
  /** Members of this organization. */
  readonly organizationId?: string | undefined;
}

/** What an administrator says of somebody new. */
export interface NewPerson {
  readonly email: string;
  readonly username?: string | undefined;
  readonly firstName: string;
  readonly lastName: string;
  readonly department?: string | undefined;
  readonly systemRole: SystemRole;
}

/** What an administrator changes of somebody: what is not given stays. */
export interface UserChange {
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly department?: string | null | undefined;
  readonly systemRole?: SystemRole | undefined;
  readonly disabled?: boolean | undefined;
}

export const statusOf = ({ disabled, systemRole }: Pick<UserCard, 'disabled' | 'systemRole'>): UserStatus =>
  disabled ? 'disabled' : systemRole === 'pending' ? 'pending' : 'active';

/** Whether somebody administers the instance now. */
export const isAdministrator = ({
  disabled,
  systemRole,
}: Pick<UserCard, 'disabled' | 'systemRole'>): boolean => !disabled && systemRole === 'admin';

/** A name written as one, as lists of people have it: the last word is the last name. */
export function splitName(name: string): { readonly firstName: string; readonly lastName: string } {
  const words = name.trim().split(/\s+/u);
  const lastName = words.length > 1 ? (words.at(-1) ?? '') : '';
  return { firstName: words.slice(0, lastName ? -1 : undefined).join(' '), lastName };
}

/** A user name for who chose none: letters, digits and underscores of what stands before the "@". */
export function derivedUsername(email: string): string {
  const local = email.split('@', 1)[0] ?? '';
  const plain = local.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  const name = plain.replaceAll(/[^A-Za-z0-9]+/g, '_').replaceAll(/^_+|_+$/g, '');
  return name.slice(0, 100).padEnd(3, '_');
}
