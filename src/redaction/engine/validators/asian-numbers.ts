import { isShortDate } from './birth-date.js';
import { digitAt, isRepeated, weightedSum } from './check-digits.js';
import { passesVerhoeff } from './verhoeff.js';

/** Aadhaar (UIDAI): Verhoeff's check over twelve digits, no leading 0 or 1, no palindrome. */
export function isAadhaar(digits: string): boolean {
  if (/^[01]/.test(digits) || [...digits].reverse().join('') === digits) return false;
  return passesVerhoeff(digits);
}

const GSTIN_SIGNS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Check character of a GSTIN (GSTN): weights 1 and 2 over base 36, digits of products folded. */
export function isGstin(text: string): boolean {
  let sum = 0;
  for (let at = 0; at < 14; at++) {
    const product = GSTIN_SIGNS.indexOf(text.charAt(at)) * (at % 2 === 0 ? 1 : 2);
    sum += Math.floor(product / 36) + (product % 36);
  }
  return GSTIN_SIGNS.charAt((36 - (sum % 36)) % 36) === text.charAt(14);
}

/** Business registration number (National Tax Service of Korea): ten digits, weights 1 3 7 1 3 7 1 3 5. */
export function isKoreanBusinessNumber(digits: string): boolean {
  const sum = weightedSum(digits, [1, 3, 7, 1, 3, 7, 1, 3, 5]) + Math.floor((digitAt(digits, 8) * 5) / 10);
  return (10 - (sum % 10)) % 10 === digitAt(digits, 9) && !isRepeated(digits);
}

/** Date of birth and sex of a resident (1–4) or foreigner (5–8) registration number. */
export function isKoreanRegistrationForm(digits: string, sexes: string): boolean {
  return sexes.includes(digits.charAt(6)) && isShortDate(digits, 'ymd');
}

/** Check digit of registration numbers issued until October 2020; foreigners' have it shifted by 2. */
export function hasKoreanCheckDigit(digits: string): boolean {
  const sum = weightedSum(digits, [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]);
  const shift = /[5-8]/.test(digits.charAt(6)) ? 13 : 11;
  return (shift - (sum % 11)) % 10 === digitAt(digits, 12);
}

/** Thai citizen number (DOPA): weights 13 to 2, modulus 11, first digit 1–8, then the province (ISO 3166-2:TH). */
export function isThaiCitizenNumber(digits: string): boolean {
  if (!/^[1-8](?:1\d|2[0-7]|[34]\d|5[0-8]|6[0-7]|7[0-7]|8[0-6]|9[0-6])/.test(digits)) return false;
  const sum = weightedSum(digits, [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
  return !isRepeated(digits) && (11 - (sum % 11)) % 10 === digitAt(digits, 12);
}

const NRIC_LETTERS: Readonly<Record<string, string>> = {
  S: 'JZIHGFEDCBA',
  T: 'GFEDCBAJZIH',
  F: 'XWUTRQPNMLK',
  G: 'RQPNMLKXWUT',
  M: 'KLJNPQRTUWX',
};

/** Singapore's NRIC and FIN (ICA): weights 2 7 6 5 4 3 2, the check letter by series. */
export function isNric(text: string): boolean {
  const letters = NRIC_LETTERS[text.charAt(0)];
  if (letters === undefined) return false;
  const sum = weightedSum(text.slice(1, 8), [2, 7, 6, 5, 4, 3, 2]);
  const place = text.startsWith('M') ? 10 - ((sum + 3) % 11) : sum % 11;
  return letters.charAt(place) === text.charAt(8);
}

const UEN_ENTITY = 'ABCDEFGHJKLMNPQRSTUVWX0123456789';

/** Singapore's unique entity number (ACRA), in its three forms, each with a check letter by 11. */
export function isUniqueEntityNumber(text: string): boolean {
  const last = text.slice(-1);
  if (text.length === 9)
    return 'XMKECAWLJDB'.charAt(weightedSum(text, [10, 4, 9, 3, 8, 2, 7, 1]) % 11) === last;
  if (/^\d/.test(text))
    return 'ZKCMDNERGWH'.charAt(weightedSum(text, [10, 8, 6, 4, 9, 7, 5, 3, 1]) % 11) === last;
  let sum = 0;
  [4, 3, 5, 3, 10, 2, 2, 5, 7].forEach((weight, at) => {
    sum += UEN_ENTITY.indexOf(text.charAt(at)) * weight;
  });
  return UEN_ENTITY.charAt((((sum - 5) % 11) + 11) % 11) === last;
}
