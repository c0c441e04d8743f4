import type { Entity } from '../analysis.js';
import {
  FULL_MASK,
  type Mask,
  maskCreditCard,
  maskEmail,
  maskIban,
  maskIp,
  maskNumber,
  maskPerson,
  maskPhone,
  maskSsn,
  SHORT_VALUE,
} from './masks.js';
import type { Operator, Replacement } from './operator.js';

/** Types that may show a part; all others, secrets and custom types included, show nothing. */
const MASKS: ReadonlyMap<string, Mask> = new Map<string, Mask>([
  ['EMAIL_ADDRESS', maskEmail],
  ['PHONE_NUMBER', maskPhone],
  ['CREDIT_CARD', maskCreditCard],
  ['IBAN_CODE', maskIban],
  ['US_SSN', maskSsn],
  ['PERSON', maskPerson],
  ['IP_ADDRESS', maskIp],
  ['US_BANK_NUMBER', maskNumber],
  ['US_ITIN', maskSsn],
  ['IN_AADHAAR', maskNumber],
  ['PH_MOBILE_NUMBER', maskPhone],
  ['TR_PHONE_NUMBER', maskPhone],
]);

/** Hides most of each entity and keeps what people need to recognise it by. */
export class Masking implements Operator {
  replace({ type, text }: Entity): Replacement {
    return { text: mask(type, text), method: 'masking' };
  }
}

/** The masked form of a value; never the value itself, and at most a quarter shown of one shorter than 8 characters. */
export function mask(type: string, text: string): string {
  const short = text.length < 2 * SHORT_VALUE && [...text].length < SHORT_VALUE;
  const partial = short && type !== 'PERSON' ? undefined : MASKS.get(type)?.(text);
  const masked = partial ?? FULL_MASK;
  return masked === text ? otherThan(text) : masked;
}

/** Stars for a value that looks like a mask itself. */
function otherThan(text: string): string {
  return text === FULL_MASK ? `${FULL_MASK}*` : FULL_MASK;
}
