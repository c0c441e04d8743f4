import { isColumnWord } from '../column-words.js';
import type { LabelContext } from '../labels.js';
import { Flag, flagsOf, isPlainWord } from '../names/tagger/gazetteer.js';
import { Rank, type Rule } from '../rule.js';
import type { Scan } from '../scan.js';
import { isSocialSecurityForm } from '../validators/social-security.js';

const LABELLED_NAME: Rule = {
  type: 'PERSON',
  recognizer: 'person',
  rule: 'label',
  score: 0.85,
  rank: Rank.Name,
};
const INTRODUCED: Rule = {
  type: 'PERSON',
  recognizer: 'person',
  rule: 'introduced',
  score: 0.75,
  rank: Rank.Name,
};
const LABELLED_SSN: Rule = {
  type: 'US_SSN',
  recognizer: 'us-ssn',
  rule: 'label',
  score: 0.4,
  rank: Rank.Pattern,
};

const NAME_VALUE = /^\p{L}[\p{L}\p{M}'’.-]*(?:,? \p{L}[\p{L}\p{M}'’.-]*){0,5}\.?$/u;
const NO_NAME =
  /^(?:n\/?a|null|none|unknown|anonymous|test|admin|root|yes|no|true|false|other|name|user|guest)$/i;
const INTRODUCTION = /[Nn]ame(?: is|'s|:| :| =|=) ?(\p{Ll}[\p{L}'’-]+)((?: \p{Ll}[\p{L}'’-]+)?)/uy;

/** A whole cell under a label such as `name` or `ssn`: the label carries the decision, the cell must look like it. */
export function recognizeLabelledValue(scan: Scan): void {
  const { text, labels } = scan;
  if (text.length > 120) return;
  const start = text.length - text.trimStart().length;
  const end = text.trimEnd().length;
  const cell = text.slice(start, end);
  const isName = labels.person || labels.votes.has('PERSON');
  if (isName && cell !== '') {
    const place = labels.person ? 'label' : 'column';
    if (cell.length > 1 && cell.length <= 80 && NAME_VALUE.test(cell) && !isNoName(cell, labels))
      scan.note(LABELLED_NAME, start, end, LABELLED_NAME.score, undefined, place);
    else scan.reject(LABELLED_NAME, start, end, 'form');
  }
  if (!labels.words.includes('ssn')) return;
  const digits = cell.replaceAll(/[\s-]/g, '');
  if (/^\d{9}$/.test(digits)) {
    if (isSocialSecurityForm(digits))
      scan.note({ ...LABELLED_SSN, score: 0.05 }, start, end, LABELLED_SSN.score, 'ssn', 'label');
    else scan.reject(LABELLED_SSN, start, end, 'form', 0, 'ssn');
  }
}

/** What stands where a name is missing; and, under nothing but `name`, what fields are called rather than people. */
function isNoName(cell: string, { words }: LabelContext): boolean {
  return NO_NAME.test(cell) || (words[0] === 'name' && isColumnWord(cell));
}

/** `my name is john smith`: names in lower case count behind the word `name` at `start`. */
export function recognizeIntroduction(scan: Scan, start: number): void {
  INTRODUCTION.lastIndex = start;
  const match = INTRODUCTION.exec(scan.text);
  if (match === null) return;
  const [, first = '', rest = ''] = match;
  if (!isName(first, Flag.First)) return;
  const whole = isName(rest.trim(), Flag.First | Flag.Last);
  const end = INTRODUCTION.lastIndex - (whole ? 0 : rest.length);
  scan.note(
    INTRODUCED,
    INTRODUCTION.lastIndex - rest.length - first.length,
    end,
    INTRODUCED.score,
    'name',
    'before',
  );
}

function isName(word: string, kinds: number): boolean {
  const flags = flagsOf(word);
  return (flags & kinds) !== 0 && !isPlainWord(flags);
}
