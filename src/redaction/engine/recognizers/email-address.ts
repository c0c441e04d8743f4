import { isAlphanumeric, isLetter, isWord } from '../characters.js';
import { Rank, type Rule } from '../rule.js';
import type { Scan } from '../scan.js';
import { isTopLevelDomain } from '../validators/top-level-domains.js';

const KNOWN_DOMAIN: Rule = {
  type: 'EMAIL_ADDRESS',
  recognizer: 'email-address',
  rule: 'known-top-level-domain',
  score: 1,
  rank: Rank.Pattern,
  validation: 'passed',
};
const UNKNOWN_DOMAIN: Rule = {
  type: 'EMAIL_ADDRESS',
  recognizer: 'email-address',
  rule: 'unknown-top-level-domain',
  score: 0.6,
  rank: Rank.Pattern,
};

/** Signs that addresses use in the local part (a subset of RFC 5322 atext that text around them does not). */
const LOCAL_SIGNS = new Set([...`._%+-&~!#$*^'`].map((sign) => sign.charCodeAt(0)));
const LONGEST_LOCAL = 256;
const LONGEST_DOMAIN = 253;
const DOT = 46;
const DASH = 45;

/** The address around the `@` at `at`. */
export function recognizeEmail(scan: Scan, at: number): void {
  if (at === scan.seen.email) return;
  const start = localStart(scan.text, at);
  if (start === undefined) return;
  const end = domainEnd(scan.text, at + 1);
  scan.seen.email = end;
  scan.steps += end - start;
  const domain = scan.text.slice(at + 1, end);
  const dot = domain.lastIndexOf('.');
  const last = domain.slice(dot + 1);
  if (dot < 1 || !/^(?:\p{L}{2,63}|xn--[a-z0-9-]{2,59})$/iu.test(last) || /\.\.|-\.|\.-|^-/.test(domain)) {
    if (domain !== '') scan.reject(UNKNOWN_DOMAIN, start, end, 'form');
    return;
  }
  if (isTopLevelDomain(last.toLowerCase())) scan.report(KNOWN_DOMAIN, start, end);
  else unknownDomain(scan, start, at + 1, dot);
}

/** `a@example.com.Then`: a sentence that begins without a space is no part of the domain. */
function unknownDomain(scan: Scan, start: number, domainStart: number, dot: number): void {
  const { text } = scan;
  const domain = text.slice(domainStart, domainStart + dot);
  const sentenceFollows =
    /\p{Lu}/u.test(text.charAt(domainStart + dot + 1)) && domain.toLowerCase() === domain;
  const shorter = domain.slice(domain.lastIndexOf('.') + 1);
  if (sentenceFollows && domain.includes('.') && isTopLevelDomain(shorter)) {
    scan.report(KNOWN_DOMAIN, start, domainStart + dot);
  } else scan.report(UNKNOWN_DOMAIN, start, domainEnd(text, domainStart));
}

function localStart(text: string, at: number): number | undefined {
  let start = at;
  while (start > 0 && at - start < LONGEST_LOCAL) {
    const code = text.charCodeAt(start - 1);
    if (!isWord(code) && !LOCAL_SIGNS.has(code)) break;
    start--;
  }
  while (start < at && !isWord(text.charCodeAt(start)) && text.charCodeAt(start) !== 95) start++;
  return start < at && text.charCodeAt(at - 1) !== DOT ? start : undefined;
}

function domainEnd(text: string, start: number): number {
  let end = start;
  const limit = Math.min(text.length, start + LONGEST_DOMAIN);
  while (end < limit) {
    const code = text.charCodeAt(end);
    if (!isAlphanumeric(code) && code !== DOT && code !== DASH && !isLetter(code)) break;
    end++;
  }
  while (end > start && (text.charCodeAt(end - 1) === DOT || text.charCodeAt(end - 1) === DASH)) end--;
  return end;
}
