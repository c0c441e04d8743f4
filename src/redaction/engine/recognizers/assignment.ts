import { isSpace, isWord } from '../characters.js';
import { Rank, type Rule } from '../rule.js';
import type { Scan } from '../scan.js';
import { isCode, isPlaceholder, looksGenerated, readSecretValue, type SecretValue } from './secret-value.js';

const PASSWORD = { type: 'PASSWORD', recognizer: 'password', rank: Rank.Pattern };
const QUOTED: Rule = { ...PASSWORD, rule: 'quoted-assignment', score: 0.85 };
const ASSIGNED: Rule = { ...PASSWORD, rule: 'assignment', score: 0.75 };
const PLAIN_WORD: Rule = { ...PASSWORD, rule: 'assigned-word', score: 0.5 };
const IN_PROSE: Rule = { ...PASSWORD, rule: 'assigned-word-in-prose', score: 0.2 };
const LABELLED: Rule = { ...PASSWORD, rule: 'label', score: 0.85 };
const CONNECTION: Rule = { ...PASSWORD, rule: 'connection-url', score: 0.85 };
const LABELLED_KEY: Rule = {
  type: 'API_KEY',
  recognizer: 'api-key',
  rule: 'labelled-high-entropy',
  score: 0.75,
  rank: Rank.Pattern,
};

const PASSWORD_LABEL =
  /(?:password|passwd|pwd|passphrase|passcode|passwort|kennwort|senha|contrase[nñ]a|wachtwoord|has[lł]o|palavra[_-]passe|mot[_-]de[_-]passe|(?:^|[_.-])(?:pass|passe|pw))$/i;
const KEY_LABEL =
  /(?:(?:api|secret|access|private|auth|encryption|signing|account|shared|master|client|service|app|license|webhook|sas|sharedaccess)[_.-]?key|secret|token|sig|signature|authorization|credentials?|cookie)$/i;
const AUTH_SCHEME = /(?:Bearer|Basic|Token|Digest) +/iy;
const LONGEST_LABEL = 48;

/** The value behind the `=` or `:` at `sign`, when the label before it promises a secret. */
export function recognizeAssignment(scan: Scan, sign: number): void {
  if (sign < scan.seen.secret) return;
  const { text } = scan;
  const next = text.charCodeAt(sign + 1);
  if (next === 61 || next === 58 || next === 62) return;
  const label = labelBefore(text, sign);
  if (label.length < 2) return;
  const forPassword = PASSWORD_LABEL.test(label);
  if (!forPassword && !KEY_LABEL.test(label)) return;
  const value = readSecretValue(text, schemeEnd(text, sign + 1));
  if (value === undefined) return;
  if (isPlaceholder(value) || isCode(text, value)) {
    scan.reject(forPassword ? ASSIGNED : LABELLED_KEY, value.start, value.end, 'form');
    return;
  }
  scan.seen.secret = value.end;
  scan.steps += value.end - sign;
  if (looksGenerated(value.text) && !forPassword) scan.report(LABELLED_KEY, value.start, value.end);
  else if (forPassword) scan.report(passwordRule(text, value), value.start, value.end);
}

/** A whole value whose labels (a JSON key, a column) call it a password, secret or token. */
export function recognizeLabelledSecret(scan: Scan): void {
  if (!scan.labels.password && !scan.labels.votes.has('PASSWORD')) return;
  const { text } = scan;
  const start = text.length - text.trimStart().length;
  const end = text.trimEnd().length;
  const value: SecretValue = { start, end, text: text.slice(start, end), quoted: true };
  if (end - start < 3 || end - start > 4_096 || isPlaceholder(value)) return;
  scan.report(LABELLED, start, end);
}

/** The password in `scheme://user:password@host` (RFC 3986 §3.2.1) whose `://` begins at `colon`. */
export function recognizeConnectionPassword(scan: Scan, colon: number): void {
  const { text } = scan;
  const limit = Math.min(text.length, colon + 300);
  let split = 0;
  let last = 0;
  for (let at = colon + 3; at < limit; at++) {
    const code = text.charCodeAt(at);
    if (isSpace(code) || code === 47 || code === 34 || code === 60 || code === 62) break;
    if (code === 58 && split === 0) split = at;
    if (code === 64) last = at;
  }
  scan.steps += 1;
  if (split === 0 || last <= split + 1) return;
  const value: SecretValue = { start: split + 1, end: last, text: text.slice(split + 1, last), quoted: true };
  if (isPlaceholder(value)) return;
  scan.report(CONNECTION, value.start, value.end);
  // The end of a password and the host would make an address, whose mask shows the end of the password.
  scan.seen.email = last;
}

function passwordRule(text: string, value: SecretValue): Rule {
  if (value.quoted) return QUOTED;
  if (/[^\p{L}]/u.test(value.text)) return ASSIGNED;
  const after = text.charCodeAt(value.end);
  const proseFollows = after === 32 && isWord(text.charCodeAt(value.end + 1));
  return proseFollows ? IN_PROSE : PLAIN_WORD;
}

function schemeEnd(text: string, at: number): number {
  let start = at;
  while (start < at + 3 && (isSpace(text.charCodeAt(start)) || text.charAt(start) === '"')) start++;
  AUTH_SCHEME.lastIndex = start;
  return AUTH_SCHEME.test(text) ? AUTH_SCHEME.lastIndex : at;
}

/** The name before the sign, without the quotes and spaces between. */
function labelBefore(text: string, sign: number): string {
  let end = sign;
  while (end > 0 && sign - end < 4 && isBetween(text.charCodeAt(end - 1))) end--;
  let start = end;
  while (start > 0 && end - start < LONGEST_LABEL && isLabel(text.charCodeAt(start - 1))) start--;
  return text.charAt(start - 1) === '$' ? '' : text.slice(start, end);
}

function isBetween(code: number): boolean {
  return code === 32 || code === 34 || code === 39 || code === 92 || code === 96;
}

function isLabel(code: number): boolean {
  return isWord(code) || code === 95 || code === 45 || code === 46;
}
