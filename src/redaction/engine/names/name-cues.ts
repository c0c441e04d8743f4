import { isWord } from '../characters.js';

/** A hint beside a name: its word, from the engine's lists, and how much it is worth. */
export interface NameCue {
  readonly word: string;
  readonly strength: 'strong' | 'weak' | 'against';
}

const ONLY_BEFORE_COLON = new Set(
  `name contact user attn attention author from cc bcc owner assignee reporter reviewer signature signed recipient
   sender beneficiary applicant holder cardholder insured tenant landlord buyer seller guest participant attendee
   member account student teacher physician nurse surgeon witness plaintiff defendant nominee manager supervisor
   directed written produced starring cast editor`.split(/\s+/),
);
const STRONG_BEFORE = new Set(
  `named dear patient employee customer client mr mrs ms dr prof signed sincerely regards cheers hello hi hey
   madam sir surname nickname alias aka née nee attn myself greetings`.split(/\s+/),
);
const WEAK_BEFORE = new Set(
  `by with and wife husband son daughter brother sister mother father mom dad uncle aunt cousin friend colleague boss
   teacher actor actress singer author writer director producer artist ceo cto cfo founder president minister
   senator coach captain officer agent nurse manager met meet call ask tell told asked thank thanks
   contact invited married visited for says said replied asks name among including alongside`.split(/\s+/),
);
const AGAINST_BEFORE = new Set('in at near inside outside around via using of into through per'.split(' '));
const WEAK_AFTER = new Set(
  `said says told asked asks replied wrote writes thinks thought who whose born lives lived works worked died called
   married signed wants wanted`.split(/\s+/),
);
const TWO_WORD = new Set([
  'name is',
  "name's is",
  'i am',
  'names are',
  'this is',
  'call me',
  'known as',
  'speaking with',
  'spoke to',
  'spoke with',
  'talk to',
  'born to',
  'prepared by',
  'written by',
  'signed by',
  'directed by',
  'sung by',
  'reviewed by',
  'approved by',
  'assigned to',
  'belongs to',
]);

/** The cue before a name, on the same line or at the end of the line before. */
export function cueBefore(text: string, start: number): NameCue | undefined {
  const gapStart = gapBefore(text, start);
  const gap = text.slice(gapStart, start);
  const nearest = wordBefore(text, gapStart);
  if (nearest.word === '') return undefined;
  const { word } = nearest;
  if (gap.includes(':')) {
    const known = ONLY_BEFORE_COLON.has(word) || STRONG_BEFORE.has(word) || WEAK_BEFORE.has(word);
    return known && gap.length <= 3 ? { word, strength: 'strong' } : undefined;
  }
  if (STRONG_BEFORE.has(word) && gap.length <= 3) return { word, strength: 'strong' };
  if (gap !== ' ') return undefined;
  if (word === "i'm" || word === 'im' || word === "name's") return { word, strength: 'strong' };
  const pair = `${wordBefore(text, nearest.start - 1).word} ${word}`;
  if (TWO_WORD.has(pair)) return { word: pair, strength: 'strong' };
  if (WEAK_BEFORE.has(word)) return { word, strength: 'weak' };
  return AGAINST_BEFORE.has(word) ? { word, strength: 'against' } : undefined;
}

/** The cue right after a name: a verb of saying or being, one space away. */
export function cueAfter(text: string, end: number): NameCue | undefined {
  if (text.charCodeAt(end) !== 32) return undefined;
  let at = end + 1;
  while (at < end + 12 && isWord(text.charCodeAt(at))) at++;
  const word = text.slice(end + 1, at);
  return WEAK_AFTER.has(word) ? { word, strength: 'weak' } : undefined;
}

function gapBefore(text: string, start: number): number {
  let at = start;
  while (at > start - 4 && at > 0 && !isWord(text.charCodeAt(at - 1))) at--;
  return at;
}

function wordBefore(text: string, end: number): { word: string; start: number } {
  let at = end;
  while (at > 0 && at > end - 20 && (isWord(text.charCodeAt(at - 1)) || text[at - 1] === "'")) at--;
  return { word: text.slice(at, Math.max(at, end)).toLowerCase(), start: at };
}
