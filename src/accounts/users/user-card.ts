import type { PersonName } from './user-names.js';

/** A person as those who may know them see them. */
export interface UserCard {
  readonly id: string;
  /** Whole number by which KeyNest's clients know them. */
  readonly number: number;
  /** Home: whose keys their names are sealed under. */
  readonly organizationId: string;
  /** Null of those who cannot log in, such as the first administrator before they have set one. */
  readonly username: string | null;
  readonly email: string | null;
  /** Never empty. */
  readonly fullName: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly department: string | null;
  readonly systemRole: 'pending' | 'user' | 'admin';
  readonly disabled: boolean;
  /** Nothing is known of them any more but what they did. */
  readonly erased: boolean;
  readonly hasPassword: boolean;
  readonly lastLoginAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What is sealed in one piece. */
export interface UserProfile extends PersonName {
  readonly department?: string | undefined;
}

/** What of a person is kept sealed. */
export interface PersonalData {
  readonly email: string;
  readonly profile: UserProfile;
}
