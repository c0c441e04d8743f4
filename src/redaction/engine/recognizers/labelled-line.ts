import { isSpace, isWord } from '../characters.js';
import { isColumnWord } from '../column-words.js';
import { labelContext } from '../labels.js';
import { isCodeWord } from '../names/code-words.js';
import { Flag, flagsOf, isPlainWord } from '../names/tagger/gazetteer.js';
import { Rank, type Rule } from '../rule.js';
import type { Scan } from '../scan.js';

const LABELLED_LINE: Rule = {
  type: 'PERSON',
  recognizer: 'person',
  rule: 'labelled-line',
  score: 0.75,
  rank: Rank.Name,
};
/** Last words of labels that can be those of a name; all else is passed over before anything is looked up. */
const LAST_WORDS = new Set(
  `name names nom nombre nome naam prénom prenom vorname nachname familienname geburtsname surname forename firstname
   lastname fullname apellido apellidos cognome voornaam achternaam sobrenome apelido imię imie nazwisko`.split(
    /\s+/,
  ),
);
const GENERIC = new Set('name names nom nombre nome naam'.split(' '));
const LONGEST_LABEL = 40;
const ONE_WORD_IN_CAPITALS = /^\p{Lu}{2,}$/u;
/** What a form writes behind a label, up to the end of its line or its field. */
const VALUE =
  /[ \t]{0,8}["']?(\p{L}(?:[\p{L}\p{M}'’.-]*[\p{L}\p{M}.])?(?:,? \p{L}(?:[\p{L}\p{M}'’.-]*[\p{L}\p{M}.])?){0,3})["']?[ \t]*(?=$|[\r\n,;|&<")\]}])/uy;

/** `First name: xanthe`, `Nom : Dupont`, `name=ann lee`: a line or a field of a form, by the sign behind its label. */
export function recognizeLabelledLine(scan: Scan, sign: number): void {
  const { text } = scan;
  const label = labelBefore(text, sign);
  if (label === undefined || !labelContext([label]).person) return;
  VALUE.lastIndex = sign + 1;
  const value = VALUE.exec(text)?.[1];
  if (value === undefined || !isNameLike(value, GENERIC.has(label.toLowerCase()))) return;
  if (isOfCode(label, value)) return;
  const start = text.indexOf(value, sign + 1);
  scan.note(LABELLED_LINE, start, start + value.length, LABELLED_LINE.score, lastWordOf(label), 'before');
}

/** One of {@link LAST_WORDS}: an explanation quotes nothing but lists of words. */
const lastWordOf = (label: string): string | undefined =>
  label
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .at(-1);

/** The words before the sign, back to where their line or field begins; nothing when more stands there. */
function labelBefore(text: string, sign: number): string | undefined {
  let end = sign;
  while (end > 0 && sign - end < 3 && isLabelEnd(text.charCodeAt(end - 1))) end--;
  let start = end;
  let lastWord = end;
  // In `level=info name=ann` the word before the label is a value.
  const isOneWord = end === sign && text.charAt(sign) === '=';
  while (start > 0 && end - start < LONGEST_LABEL && isLabelPart(text.charCodeAt(start - 1))) {
    if (isOneWord && text.charCodeAt(start - 1) === 32) break;
    start--;
    if (lastWord === end && !isWord(text.charCodeAt(start))) lastWord = start + 1;
  }
  if (lastWord === end) lastWord = start;
  if (!LAST_WORDS.has(text.slice(lastWord, end).toLowerCase())) return undefined;
  const label = text.slice(start, end).trim();
  return label.split(' ').length <= 4 ? label : undefined;
}

/** No mere words; behind a label that may be that of a thing in lower case only what is known as a name. */
function isNameLike(value: string, isGeneric: boolean): boolean {
  const words = value.split(/,? /);
  const flags = words.map((word) => flagsOf(word.toLowerCase()));
  if (words.some((word) => isColumnWord(word.toLowerCase()) && word === word.toLowerCase())) return false;
  const isNamed = (flag: number) => (flag & (Flag.First | Flag.Last)) !== 0;
  const isWritten = words.every((word) => /^\p{Lu}/u.test(word));
  if (isGeneric && !isWritten) return flags.every(isNamed) && flags.some((flag) => !isPlainWord(flag));
  return flags.every((flag) => isNamed(flag) || !isPlainWord(flag));
}

/** `name: user.fullName`, `name: ConfigName`, `name: NAME`, as programs write it. */
const isOfCode = (label: string, value: string): boolean =>
  value.split(' ').some(isCodeWord) || (label === label.toLowerCase() && ONE_WORD_IN_CAPITALS.test(value));

/** Space, quotes and the end of a tag. */
function isLabelEnd(code: number): boolean {
  return isSpace(code) ? code === 32 : code === 34 || code === 39;
}

function isLabelPart(code: number): boolean {
  return isWord(code) || code === 32 || code === 45 || code === 95;
}
