import { isDigit, isLetter, isUpper, isWord } from '../characters.js';
import { AMBIGUOUS, COMMON, ENDING, FIRST, LAST, lookUpName, PLACE } from './lexicon.js';

/**
 * What a capitalised word can be in a name:
 * `F` given name, `f` given name that is a word or a place too, `L` family name, `l` the same for family names,
 * `c` a plain word that is also a name, `U` unknown, `I` initial, `P` particle, `T` title, `E` ending of an
 * organization's or street's name, `e` the same
 * where it is a family name too, `C` anything else.
 */
export type NameClass = 'F' | 'f' | 'L' | 'l' | 'c' | 'U' | 'I' | 'P' | 'T' | 'E' | 'e' | 'C';

export interface NameToken {
  readonly start: number;
  readonly end: number;
  readonly kind: NameClass;
  /** The possessive `'s` follows. */
  readonly possessive: boolean;
}

const MOST_TOKENS = 7;
const TITLES = new Set(
  `mr mrs ms miss mx dr prof professor sir madam dame lord lady mister missus herr frau fräulein monsieur madame
   mademoiselle señor señora señorita signor signora doctor rev reverend fr father sister brother rabbi imam capt
   captain col colonel lt lieutenant sgt sergeant maj major gen general judge justice senator sen rep president
   chancellor dipl ing`.split(/\s+/),
);
const PARTICLES = new Set(
  `de da do dos das di del della dell der den des du la le van von vom zu zur ter ten te bin ibn al el abu ben af av
   y e i st san`.split(/\s+/),
);
const CAMEL_PREFIX = /^(?:mc|mac|fitz|de|di|da|du|la|le|van|von|o['’]|d['’]|l['’])/;

/** `I'm`, `Don't`: no names. */
const CONTRACTION = /^(?:i|you|he|she|it|we|they|that|there|what|who|where|let|here|how)['’]|n['’]t$/;
/** Street names written as one word. */
const STREET = /(?:stra(?:ß|ss)e|straat|plaats|gatan|gata|vägen|vegen|gasse|laan|gracht|stræde|katu)$/;

/** Endings of family names and patronymics that hardly any other word has. */
const FAMILY_ENDING =
  /.{3}(?:[oe]va?|skiy?|sky|ska|[cd]zki|cki|cka|vić|vic|ić|sson|dóttir|dottir|enko|chuk|oğlu|oglu|idze|shvili|poulos|akis|escu|nen|czyk|czak|wicz|ková|mann|berg|sen|ez)$/;

/** Reads the run of capitalised words one space apart that begins at `start`, at most seven of them. */
export function readNameRun(text: string, start: number): NameToken[] {
  const tokens: NameToken[] = [];
  let at = start;
  while (tokens.length < MOST_TOKENS) {
    const token = readToken(text, at);
    if (token === undefined) break;
    tokens.push(token);
    const next = nextStart(text, token);
    if (next === undefined) break;
    at = next;
  }
  return tokens;
}

function nextStart(text: string, token: NameToken): number | undefined {
  if (token.possessive) return undefined;
  let at = token.end;
  if (text.charCodeAt(at) === 46 && (token.kind === 'T' || token.kind === 'I')) {
    at++;
    if (token.kind === 'I' && isUpper(text.charCodeAt(at))) return at;
  }
  const gap = text.charCodeAt(at);
  if (gap !== 32 && gap !== 0xa0) return undefined;
  return isLetter(text.charCodeAt(at + 1)) ? at + 1 : undefined;
}

function readToken(text: string, start: number): NameToken | undefined {
  const end = tokenEnd(text, start);
  const word = text.slice(start, end);
  if (!isUpper(text.charCodeAt(start))) return readParticle(text, start, end, word);
  const possessive = /['’][sS]$/.test(word);
  const bare = possessive ? word.slice(0, -2) : word;
  return { start, end: start + bare.length, kind: classify(text, bare, start, end), possessive };
}

function readParticle(text: string, start: number, end: number, word: string): NameToken | undefined {
  if (word.length > 5 || !PARTICLES.has(word)) return undefined;
  const after = text.charCodeAt(end + 1);
  const leadsOn = text.charCodeAt(end) === 32 && isLetter(after);
  return leadsOn ? { start, end, kind: 'P', possessive: false } : undefined;
}

/** Letters with apostrophes and hyphens between them; at most 40 characters are looked at. */
function tokenEnd(text: string, start: number): number {
  let end = start;
  const limit = Math.min(text.length, start + 40);
  while (end < limit) {
    const code = text.charCodeAt(end);
    const joins = (code === 39 || code === 0x2019 || code === 45) && isLetter(text.charCodeAt(end + 1));
    if (!isLetter(code) && !joins) break;
    end++;
  }
  return end;
}

function classify(text: string, word: string, start: number, end: number): NameClass {
  if (isPartOfIdentifier(text, start, end)) return 'C';
  if (word.length === 1) return 'I';
  const lower = word.toLowerCase();
  if (CONTRACTION.test(lower) || STREET.test(lower)) return 'C';
  if (TITLES.has(lower)) return 'T';
  const allCapitals = word === word.toUpperCase();
  if (!allCapitals && /\p{Ll}\p{Lu}/u.test(word) && !CAMEL_PREFIX.test(lower)) return 'C';
  const kind = classOfFlags(flagsOf(lower), word.length);
  if (kind === 'U' && !allCapitals && FAMILY_ENDING.test(lower)) return 'L';
  if (allCapitals && word.length < 4) return 'C';
  return kind === 'U' && allCapitals ? 'C' : kind;
}

function isPartOfIdentifier(text: string, start: number, end: number): boolean {
  const before = start === 0 ? 32 : text.charCodeAt(start - 1);
  const after = text.charCodeAt(end);
  if (isDigit(after) || after === 95 || after === 64 || after === 61) return true;
  if ((after === 46 || after === 47) && isWord(text.charCodeAt(end + 1)) && end - start > 1) return true;
  if (after === 40 && before !== 32) return true;
  if (after === 45 || after === 39) return isDigit(text.charCodeAt(end + 1));
  if (before === 45 && start > 1 && isWord(text.charCodeAt(start - 2))) return true;
  return before === 95 || before === 64 || before === 35 || before === 36 || before === 47 || before === 92;
}

function flagsOf(lower: string): number {
  const flags = lookUpName(lower.replace('’', "'"));
  if (flags !== 0 || !lower.includes('-')) return flags;
  const parts = lower.split('-').map(lookUpName);
  if (parts.some((part) => (part & (COMMON | ENDING)) !== 0)) return COMMON;
  return parts.every((part) => part !== 0) ? parts.reduce((all, part) => all | part, 0) : 0;
}

function classOfFlags(flags: number, length: number): NameClass {
  if (flags === 0) return length < 3 ? 'C' : 'U';
  const named = (flags & (FIRST | LAST)) !== 0;
  if ((flags & ENDING) !== 0) return (flags & AMBIGUOUS) !== 0 ? 'e' : 'E';
  if ((flags & COMMON) !== 0) return named ? 'c' : 'C';
  if (!named) return 'C';
  const doubtful = (flags & AMBIGUOUS) !== 0 || length < 3;
  if ((flags & FIRST) !== 0) return doubtful ? 'f' : 'F';
  return doubtful || (flags & PLACE) !== 0 ? 'l' : 'L';
}
