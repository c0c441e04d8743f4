import { isLetter, isSpace, isWord } from '../characters.js';
import { contextWords } from '../context.js';
import { Rank, type Rule } from '../rule.js';
import type { Scan } from '../scan.js';
import { isTopLevelDomain, isUnmistakableDomain } from '../validators/top-level-domains.js';
import { wordsOf } from '../vocabulary.js';

const CONTEXT = contextWords(wordsOf('website'));
const BASE = { type: 'URL', recognizer: 'url', rank: Rank.Pattern };
const WITH_SCHEME: Rule = { ...BASE, rule: 'scheme', score: 0.6, context: CONTEXT };
const LOCAL_HOST: Rule = { ...BASE, rule: 'scheme-local-host', score: 0.3 };
const WWW: Rule = { ...BASE, rule: 'www', score: 0.6, context: CONTEXT };
const BARE_DOMAIN: Rule = { ...BASE, rule: 'bare-domain', score: 0.5, context: CONTEXT };
const DOUBTFUL_DOMAIN: Rule = { ...BASE, rule: 'doubtful-domain', score: 0.2, context: CONTEXT };

const SCHEMES = new Set(['http', 'https', 'ftp', 'ftps', 'sftp', 'ws', 'wss']);
const REVERSED = new Set(['com', 'org', 'net', 'io', 'java', 'javax', 'de', 'edu', 'gov']);
const ENDS_URL = new Set([...`<>"'\`{}|\\^`].map((sign) => sign.charCodeAt(0)));
const ENDS_SENTENCE = new Set([...'.,;:!?)]*_~'].map((sign) => sign.charCodeAt(0)));
const DOT = 46;
const DASH = 45;
const CLOSE = 41;
const LONGEST_HOST = 253;

/** A URL whose `://` begins at `colon`. */
export function recognizeUrl(scan: Scan, colon: number): void {
  const { text } = scan;
  if (colon < scan.seen.url) return;
  let start = colon;
  while (start > 0 && colon - start < 6 && isLetter(text.charCodeAt(start - 1))) start--;
  if (!SCHEMES.has(text.slice(start, colon).toLowerCase())) return;
  const end = urlEnd(text, colon + 3);
  scan.seen.url = end;
  scan.steps += end - start;
  if (end <= colon + 3) return;
  const host = text.slice(colon + 3, Math.min(end, colon + 3 + LONGEST_HOST)).split(/[/?#]/)[0] ?? '';
  if (!/[\p{L}\d]/u.test(host)) return;
  scan.report(/[.[]/.test(host) ? WITH_SCHEME : LOCAL_HOST, start, end);
}

/** A host name around the dot at `dot`, with the path behind it. */
export function recognizeHostname(scan: Scan, dot: number): void {
  if (dot < scan.seen.hostname || dot < scan.seen.url) return;
  const { text } = scan;
  let start = dot;
  while (start > scan.seen.hostname && dot - start < LONGEST_HOST && isHost(text.charCodeAt(start - 1)))
    start--;
  let end = dot;
  while (end < text.length && isHost(text.charCodeAt(end))) end++;
  scan.seen.hostname = end;
  scan.steps += end - start;
  while (end > dot && !isWord(text.charCodeAt(end - 1))) end--;
  if (end - start > LONGEST_HOST || !standsFree(text, start, end)) return;
  const rule = ruleForHost(text.slice(start, end));
  if (rule === undefined) return;
  const stop = pathEnd(text, end);
  if (stop > end) scan.seen.url = stop;
  scan.report(rule, start, stop);
}

function ruleForHost(host: string): Rule | undefined {
  const labels = host.split('.');
  if (labels.some((label) => label === '' || label.startsWith('-') || label.endsWith('-'))) return undefined;
  const last = labels.at(-1) ?? '';
  const first = (labels[0] ?? '').toLowerCase();
  if (first === 'www') return labels.length > 2 && /^\p{L}{2,}$/u.test(last) ? WWW : undefined;
  if (!isTopLevelDomain(last.toLowerCase())) return undefined;
  if (REVERSED.has(first) && labels.length > 2) return undefined;
  const plain = last === last.toLowerCase() && isUnmistakableDomain(last);
  return plain && (labels.at(-2) ?? '').length > 1 ? BARE_DOMAIN : DOUBTFUL_DOMAIN;
}

function standsFree(text: string, start: number, end: number): boolean {
  const before = start === 0 ? ' ' : text.charAt(start - 1);
  if ('@/\\_$#&=%'.includes(before)) return false;
  return !'@(_='.includes(text.charAt(end) === '' ? ' ' : text.charAt(end));
}

function isHost(code: number): boolean {
  return isWord(code) || code === DOT || code === DASH;
}

function pathEnd(text: string, end: number): number {
  const after = text.charAt(end);
  const port = /^:\d{2,5}(?!\d)/.exec(text.slice(end, end + 7))?.[0].length ?? 0;
  return after === '/' || after === '?' || port > 0 ? urlEnd(text, end + port) : end;
}

function urlEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    if (isSpace(code) || code < 32 || ENDS_URL.has(code)) break;
    end++;
  }
  return withoutSentenceEnd(text, start, end);
}

/** Leaves out punctuation at the end; a bracket stays when one opens within the URL's last kilobyte. */
function withoutSentenceEnd(text: string, start: number, end: number): number {
  let stop = end;
  let opened: boolean | undefined;
  while (stop > start && ENDS_SENTENCE.has(text.charCodeAt(stop - 1))) {
    if (text.charCodeAt(stop - 1) === CLOSE) {
      opened ??= text.slice(Math.max(start, stop - 1_024), stop).includes('(');
      if (opened) break;
    }
    stop--;
  }
  return stop;
}
