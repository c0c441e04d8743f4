import { Flag, flagsOf, isNameAndWord, isPlainWord } from '../names/tagger/gazetteer.js';
import { Rank, type Rule } from '../rule.js';
import type { Scan } from '../scan.js';

const BASE = { recognizer: 'column', rank: Rank.Name, score: 0.4 };
const SAMPLE_NAME: Rule = { ...BASE, type: 'PERSON', rule: 'sample-name' };

/** What a cell must have of a type to be a misspelt one among well-formed ones. */
const SIMILAR: readonly (readonly [Rule, RegExp])[] = [
  [{ ...BASE, type: 'EMAIL_ADDRESS', rule: 'misspelt' }, /^\S{1,64}(?:@| at )\S{1,128}$/],
  [{ ...BASE, type: 'PHONE_NUMBER', rule: 'misspelt' }, /^\+?(?:[ ()./-]*\d){5,17}[ ()./-]*$/],
  [{ ...BASE, type: 'CREDIT_CARD', rule: 'misspelt' }, /^(?:[ -]?\d){10,20}$/],
  [{ ...BASE, type: 'US_SSN', rule: 'misspelt' }, /^(?:[ -]?\d){7,11}$/],
  [{ ...BASE, type: 'IBAN_CODE', rule: 'misspelt' }, /^[A-Z]{2} ?(?:[ -]?[A-Z\d]){10,34}$/i],
  [{ ...BASE, type: 'IP_ADDRESS', rule: 'misspelt' }, /^\d{1,4}(?:\.\d{1,4}){2,4}$/],
];
const LONGEST = 200;
const NAME_WORD = /^\p{L}[\p{L}\p{M}'’.-]*$/u;

/** A whole cell in a column of one type that has a mistake in it, which is no reason to show it. */
export function recognizeColumnValue(scan: Scan): void {
  const { text, labels } = scan;
  if (labels.votes.size === 0 || text.length > LONGEST) return;
  const cell = text.trim();
  const start = text.indexOf(cell);
  for (const [rule, form] of SIMILAR) {
    if (labels.votes.has(rule.type) && form.test(cell))
      scan.note(rule, start, start + cell.length, rule.score, undefined, 'column');
  }
}

/** A cell of a column without a name that is a name in whatever case: worth a vote, and no more by itself. */
export function recognizeSampleName(scan: Scan): void {
  const { text, labels } = scan;
  if (labels.thing || text.length > LONGEST) return;
  const cell = text.trim();
  const words = cell.toLowerCase().split(/,? +/);
  if (words.length > 4 || !words.every((word) => NAME_WORD.test(word))) return;
  const flags = words.map(flagsOf);
  const isName =
    words.length === 1
      ? flags.every((flag) => (flag & Flag.First) !== 0 && !isPlainWord(flag) && !isNameAndWord(flag))
      : flags.every((flag, at) => (flag & (Flag.First | Flag.Last)) !== 0 || (words[at] ?? '').length < 3) &&
        flags.some((flag) => (flag & Flag.First) !== 0);
  const start = text.indexOf(cell);
  if (isName) scan.note(SAMPLE_NAME, start, start + cell.length, SAMPLE_NAME.score);
}
