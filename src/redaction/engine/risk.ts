/**
 * Weight of a type: how far one value of it alone goes towards identifying or harming a person, from 0 to 1. The four
 * of PERSON, US_SSN, EMAIL_ADDRESS and PHONE_NUMBER reproduce the risk scores of the SafeKeyLab API samples; the others
 * are Redoubt's own judgement on the same scale, ranked as NIST SP 800-122 section 3.2 ranks impact: what identifies
 * alone and cannot be changed weighs most, what only describes weighs least.
 */
const WEIGHTS: ReadonlyMap<string, number> = new Map([
  ['US_SSN', 0.8],
  ['PRIVATE_KEY', 0.8],
  ['VAULT_SECRET', 0.8],
  ['CREDIT_CARD', 0.7],
  ['PASSWORD', 0.7],
  ['API_KEY', 0.7],
  ['JWT', 0.6],
  ['IBAN_CODE', 0.6],
  ['DENY_LIST', 0.5],
  ['PHONE_NUMBER', 0.43],
  ['EMAIL_ADDRESS', 0.42],
  ['PERSON', 0.25],
  ['IP_ADDRESS', 0.2],
  ['LOCATION', 0.1],
  ['ORGANIZATION', 0.1],
  ['MAC_ADDRESS', 0.2],
  ['DATE_TIME', 0.1],
  ['URL', 0.1],
]);

/** Of a custom pattern's type: someone thought it worth a pattern. */
const CUSTOM_WEIGHT = 0.5;

/** 1 − ∏(1 − weight) over the distinct engine types, in hundredths; 0 when there are none. */
export function riskScore(types: Iterable<string>): number {
  let absent = 1;
  for (const type of new Set(types)) absent *= 1 - (WEIGHTS.get(type) ?? CUSTOM_WEIGHT);
  return Math.round((1 - absent) * 100) / 100;
}
