const ASCII_LETTERS_AND_DIGITS = /^[a-z\d]*$/;
const COMBINING_MARKS = /[\u0300-\u036f]/g;
const THOUSANDS = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
const POSSESSIVE = /['’]s$/;
const NEITHER_LETTER_NOR_DIGIT = /['’-]/g;

const LETTERS: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ł: 'l' };

/**
 * A word in the form in which words are compared: in lower case, without accents, possessive, apostrophes and hyphens;
 * compatibility forms become what they are forms of, and numbers lose the commas between their thousands.
 */
export function normalize(word: string): string {
  const lower = word.toLowerCase();
  if (ASCII_LETTERS_AND_DIGITS.test(lower)) return lower;
  if (THOUSANDS.test(lower)) return lower.replaceAll(',', '');
  return lower
    .normalize('NFKD')
    .replace(COMBINING_MARKS, '')
    .replace(POSSESSIVE, '')
    .replace(NEITHER_LETTER_NOR_DIGIT, '')
    .replace(/[ßæœøđł]/g, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFC');
}
