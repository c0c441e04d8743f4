import { isLetter } from '../characters.js';
import { Rank, type Rule } from '../rule.js';
import type { Scan } from '../scan.js';

const BASE = { type: 'AGE', recognizer: 'age', rank: Rank.Pattern };
const COUNTED: Rule = { ...BASE, rule: 'years-old', score: 0.85 };
const NAMED: Rule = { ...BASE, rule: 'age-word', score: 0.7 };

const OLDEST = 120;
/** What makes a number behind which it stands an age, in the languages of the product. */
const AFTER =
  /[ -]?(?:(?:years?|yrs?\.?)[ -]?(?:old|of age)|y\.?\/?o\.?(?![\p{L}])|(?:m(?:onths?|os?\.?))[ -]old|[ -]?jährige?[rnms]?(?!\p{L})|Jahre? (?:alt|jung)|ans(?!\p{L})(?! d)|años(?: de edad)?|anni|anos(?: de idade)?|jaar(?: oud)?|-?jarige?|lat(?:a|ek)?(?!\p{L}))/uy;
/** Words that make the number behind them an age, with at most one other word between. */
const BEFORE = new Set(
  'age aged turn turns turned turning alter âge âgé âgée edad età leeftijd idade wiek'.split(' '),
);
const BETWEEN = new Set('is of ist von de at es è é'.split(' '));
const LONGEST_WORD = 10;

/** How old somebody is: the number alone, beside a word that says so. */
export function recognizeAge(scan: Scan, start: number, end: number): void {
  if (end - start > 3 || !scan.wants('AGE')) return;
  const { text } = scan;
  const years = Number(text.slice(start, end));
  if (years < 1 || years > OLDEST) return;
  AFTER.lastIndex = end;
  if (AFTER.test(text)) scan.report(COUNTED, start, end);
  else if (isNamed(scan, start)) scan.report(NAMED, start, end);
}

function isNamed({ text, labels }: Scan, start: number): boolean {
  if (labels.words.some((word) => BEFORE.has(word))) return true;
  const near = wordBefore(text, start);
  if (BEFORE.has(near.word)) return true;
  return BETWEEN.has(near.word) && BEFORE.has(wordBefore(text, near.start).word);
}

/** The word one space, colon or sign of equality before `end`, lower-cased. */
function wordBefore(text: string, end: number): { readonly word: string; readonly start: number } {
  let stop = end;
  while (stop > end - 3 && ' :=-'.includes(text.charAt(stop - 1)) && stop > 0) stop--;
  let start = stop;
  while (start > 0 && stop - start <= LONGEST_WORD && isLetter(text.charCodeAt(start - 1))) start--;
  return { word: text.slice(start, stop).toLowerCase(), start };
}
