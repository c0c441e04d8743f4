/** Whom the tests redact. Nobody of this name exists, and the number was withdrawn by its issuer long ago. */
export const NAME = 'Zebulon Quackenbush';
export const SSN = '078-05-1120';
export const EMAIL = 'zebulon.quackenbush@example.org';

/** Everything that may not be left. */
export const PLANTED: readonly string[] = [NAME, SSN, EMAIL];

/**
 * What gives a value away although not all of it is there. None of it occurs in text that stays, and all of it is long
 * enough not to occur by chance.
 */
export const FRAGMENTS: readonly string[] = [
  'zebulon',
  'quackenbush',
  'quacken',
  'ckenbush',
  'ebulo',
  '078-05',
  '05-1120',
  '078051120',
];
