import { isAlphanumeric } from '../characters.js';
import { Rank, type Rule } from '../rule.js';
import type { Scan } from '../scan.js';

const BASE = { type: 'PRIVATE_KEY', recognizer: 'private-key', rank: Rank.Checksum, score: 1 };
const WHOLE: Rule = { ...BASE, rule: 'pem-block', validation: 'passed' };
const UNENDED: Rule = { ...BASE, rule: 'pem-without-end' };

const BEGIN = /-----BEGIN ((?:[A-Z0-9]{1,12} ){0,4}PRIVATE KEY(?: BLOCK)?)-----/y;
/** RFC 1421 header such as `Proc-Type: 4,ENCRYPTED`, or an armour header of RFC 9580. */
const HEADER = /[A-Za-z][A-Za-z0-9-]{1,30}: [^\n\r\\]{0,200}/y;
/** A line end, plain, indented, quoted in a mail, or escaped in JSON and .env files. */
const BREAK = /(?:[ \t]*(?:\r\n|\n|\r|\\r\\n|\\n|\\\n)[ \t>]*)/y;
const SHORTEST_INLINE = 16;

/**
 * A PEM private key (RFC 7468) whose first dash is at `start`; without its END line it reaches to the end of the
 * base64 body. Returns where the search goes on.
 */
export function recognizePrivateKey(scan: Scan, start: number): number {
  const { text } = scan;
  BEGIN.lastIndex = start;
  const label = BEGIN.exec(text)?.[1];
  if (label === undefined) return start + 1;
  const bodyStart = start + label.length + '-----BEGIN -----'.length;
  const bodyEnd = endOfBody(text, bodyStart);
  scan.steps += bodyEnd - start;
  const endLine = `-----END ${label}-----`;
  const next = skipBreaks(text, bodyEnd);
  if (text.startsWith(endLine, next)) {
    scan.report(WHOLE, start, next + endLine.length);
    return next + endLine.length;
  }
  if (bodyEnd > bodyStart) scan.report(UNENDED, start, bodyEnd);
  return Math.max(bodyEnd, start + 1);
}

function endOfBody(text: string, bodyStart: number): number {
  let end = bodyStart;
  let inHeaders = true;
  for (;;) {
    const lineStart = skipBreaks(text, end);
    const header: number | undefined = inHeaders ? headerEnd(text, lineStart) : undefined;
    if (inHeaders === false && isBlankLine(text, end, lineStart)) return end;
    const lineEnd = header ?? base64End(text, lineStart);
    const isInline = /^ *$/.test(text.slice(end, lineStart));
    if (lineEnd === lineStart || (isInline && lineEnd - lineStart < SHORTEST_INLINE)) return end;
    inHeaders = header !== undefined;
    end = lineEnd;
  }
}

/** A key's body has no blank line in it; what follows one is other text. */
function isBlankLine(text: string, from: number, to: number): boolean {
  return /(?:\n|\\n)[^\n\\]*(?:\n|\\n)/.test(text.slice(from, to));
}

function headerEnd(text: string, start: number): number | undefined {
  HEADER.lastIndex = start;
  return HEADER.test(text) ? HEADER.lastIndex : undefined;
}

/** Behind all line ends and spaces that follow `from`. */
function skipBreaks(text: string, from: number): number {
  let at = from;
  for (;;) {
    BREAK.lastIndex = at;
    if (BREAK.test(text)) at = BREAK.lastIndex;
    else if (text.charCodeAt(at) === 32) at++;
    else return at;
  }
}

/** Behind a run of base64 characters that no other word character or colon follows. */
function base64End(text: string, start: number): number {
  let end = start;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    if (!isAlphanumeric(code) && code !== 43 && code !== 47 && code !== 61) break;
    end++;
  }
  const isLine = end >= text.length || /[\s\\"'`,;<-]/.test(text.charAt(end));
  const spaced = text.charCodeAt(end) === 32 && end - start < SHORTEST_INLINE;
  return isLine && !spaced ? end : start;
}
