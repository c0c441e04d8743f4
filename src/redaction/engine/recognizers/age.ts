import { Rank, type Rule } from '../rule.js';
import type { Scan } from '../scan.js';

const BASE = { type: 'AGE', recognizer: 'age', rank: Rank.Pattern };
const COUNTED: Rule = { ...BASE, rule: 'years-old', score: 0.85 };
const NAMED: Rule = { ...BASE, rule: 'age-word', score: 0.7 };

const OLDEST = 120;
/** What makes a number behind which it stands an age, in the languages of the product. */
const AFTER =
  /[ -]?(?:(?:years?|yrs?\.?)[ -]?(?:old|of age)|y\.?\/?o\.?(?![\p{L}])|(?:m(?:onths?|os?\.?))[ -]old|[ -]?jährige?[rnms]?(?!\p{L})|Jahre? (?:alt|jung)|ans(?!\p{L})(?! d)|años(?: de edad)?|anni|anos(?: de idade)?|jaar(?: oud)?|-?jarige?|lat(?:a|ek)?(?!\p{L}))/uy;
/** Words right before an age, with what may stand between. */
const BEFORE =
  /(?:\b(?:aged?|turn(?:s|ed|ing)?|alter|âge|âgée?|edad|età|leeftijd|idade|wiek)(?: (?:is|of|ist|von|de|at))?|\bim Alter von)(?: ?[:=]| -)? ?$/iu;
const REACH = 24;

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
  if (labels.words.includes('age') || labels.words.includes('alter') || labels.words.includes('edad'))
    return true;
  return BEFORE.test(text.slice(Math.max(0, start - REACH), start));
}
