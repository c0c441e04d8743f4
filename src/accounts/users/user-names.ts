/** What a person is called, by themselves and by others. */
export interface PersonName {
  readonly username: string;
  readonly firstName: string;
  readonly lastName: string;
}

/** Longest of each part of a name, in characters. */
export const MAX_NAME = 150;
/** RFC 5321 §4.5.3.1.3 leaves 254 characters to an address between its angle brackets. */
export const MAX_EMAIL = 254;

/** Letters, digits and underscores of ASCII, so that no two user names look alike. */
export const USERNAME_PATTERN = '^[A-Za-z0-9_]{3,150}$';

/**
 * One "@", before it something without space, after it a domain with a dot or a literal. Whether mail arrives is seen by
 * sending some, and by nothing else (RFC 5321 allows far more than anybody uses).
 */
export const EMAIL_PATTERN =
  '^[^\\s@<>()\\[\\]\\\\,;:"]+@[^\\s@<>()\\[\\]\\\\,;:"]+\\.[^\\s@<>()\\[\\]\\\\,;:".]+$';

/** The form in which e-mail addresses are compared. */
export const comparableEmail = (text: string): string => text.trim().normalize('NFC').toLowerCase();

/** The form in which user names are compared. */
export const comparableUsername = (text: string): string => text.trim().toLowerCase();

/** First and last name, or whatever there is; else the user name. */
export const fullNameOf = ({ username, firstName, lastName }: PersonName): string =>
  [firstName, lastName].filter((part) => part !== '').join(' ') || username;
