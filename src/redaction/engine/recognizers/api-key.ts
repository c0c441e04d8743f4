import { isWord } from '../characters.js';
import { Rank, type Rule } from '../rule.js';
import type { Scan } from '../scan.js';
import { KEY_FORMS, type KeyForm } from './api-key-forms.js';

const COLON = 58;
const DOT = 46;
const TILDE = 126;
const BASE = { type: 'API_KEY', recognizer: 'api-key', rank: Rank.Pattern, score: 0.9 };

interface Entry extends KeyForm {
  readonly rule: Rule;
}

/** Forms by the code of their first character, longer prefixes first. */
const BY_FIRST: readonly (readonly Entry[] | undefined)[] = indexByFirst();

function indexByFirst(): (Entry[] | undefined)[] {
  const index: (Entry[] | undefined)[] = new Array(128).fill(undefined);
  for (const form of [...KEY_FORMS].sort((a, b) => b.prefix.length - a.prefix.length)) {
    const first = form.prefix.charCodeAt(0);
    index[first] = [...(index[first] ?? []), { ...form, rule: { ...BASE, rule: form.issuer } }];
  }
  return index;
}

/** `123456789:AA…`: the bot's number and its secret, as Telegram gives them out. */
const TELEGRAM: Rule = { ...BASE, rule: 'telegram' };
const TELEGRAM_FORM = /:AA[A-Za-z0-9_-]{33}(?![A-Za-z0-9_-])/y;
/** Discord's tokens: the bot's number in base64, a time and a signature. */
const DISCORD: Rule = { ...BASE, rule: 'discord' };
const DISCORD_FORM = /[MNO][A-Za-z0-9]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,38}(?![A-Za-z0-9_-])/y;
/** Microsoft Entra's client secrets: three characters, a version, `Q~`, the rest. */
const ENTRA: Rule = { ...BASE, rule: 'azure' };
const ENTRA_FORM = /[A-Za-z0-9_~.]{3}\dQ~[A-Za-z0-9_~.-]{31,34}(?![A-Za-z0-9_~-])/y;
const SHORTEST_DISCORD_ID = 24;

/** Tokens without a prefix, told by what stands inside of them; the run of word characters is the part before the first sign. */
export function recognizeInnerMark(scan: Scan, start: number, end: number): void {
  const { text } = scan;
  const length = end - start;
  const next = text.charCodeAt(end);
  if (next === COLON && length >= 8 && length <= 10) reportIf(scan, TELEGRAM, TELEGRAM_FORM, end, start);
  else if (next === DOT && length >= SHORTEST_DISCORD_ID && length <= 28)
    reportIf(scan, DISCORD, DISCORD_FORM, start, start);
  else if (next === TILDE && length === 5 && text.charAt(end - 1) === 'Q')
    reportIf(scan, ENTRA, ENTRA_FORM, start, start);
}

function reportIf(scan: Scan, rule: Rule, form: RegExp, from: number, start: number): void {
  form.lastIndex = from;
  if (form.test(scan.text)) scan.report(rule, start, form.lastIndex);
}

/** A key with a well-known prefix that begins at `start`, the beginning of a word. */
export function recognizeApiKey(scan: Scan, start: number): void {
  const forms = BY_FIRST[scan.text.charCodeAt(start)];
  if (forms === undefined) return;
  for (const { prefix, form, rule } of forms) {
    if (!scan.text.startsWith(prefix, start)) continue;
    form.lastIndex = start;
    if (!form.test(scan.text)) continue;
    const end = withoutSentenceEnd(scan.text, form.lastIndex);
    if (looksRandom(scan.text.slice(start + prefix.length, end))) scan.report(rule, start, end);
    return;
  }
}

function withoutSentenceEnd(text: string, end: number): number {
  let stop = end;
  while (!isWord(text.charCodeAt(stop - 1)) && text.charCodeAt(stop - 1) !== 61) stop--;
  return stop;
}

/** Not `YOUR_API_KEY`, not `some-css-class-name`. */
function looksRandom(body: string): boolean {
  if (/^[A-Z_-]+$/.test(body) || /x{6}|\*{3}|\.{3}/i.test(body))
    return /[A-Z0-9]{20}/.test(body) && !/x{6}/i.test(body);
  return /\d/.test(body) || (/[a-z]/.test(body) && /[A-Z]/.test(body));
}
