import { isAlphanumeric } from '../characters.js';
import { Rank, type Rule } from '../rule.js';
import type { Scan } from '../scan.js';

const TOKEN: Rule = {
  type: 'JWT',
  recognizer: 'json-web-token',
  rule: 'header-with-alg',
  score: 1,
  rank: Rank.Checksum,
  validation: 'passed',
};
/** `{"alg":"X"}` in base64url. */
const SHORTEST_HEADER = 15;
const LONGEST_HEADER = 8_192;
const DOT = 46;

/** A JWS (three parts) or JWE (five) in compact form whose header is JSON with `alg` (RFC 7515 §3.1, RFC 7516 §3.1). */
export function recognizeJsonWebToken(scan: Scan, start: number): void {
  if (start < scan.seen.token) return;
  const { text } = scan;
  const headerEnd = segmentEnd(text, start);
  scan.seen.token = headerEnd;
  scan.steps += headerEnd - start;
  const length = headerEnd - start;
  if (text.charCodeAt(headerEnd) !== DOT || length < SHORTEST_HEADER || length > LONGEST_HEADER) return;
  if (!hasAlgorithm(text.slice(start, headerEnd))) return;
  let end = headerEnd;
  let parts = 1;
  while (parts < 5 && text.charCodeAt(end) === DOT) {
    const next = segmentEnd(text, end + 1);
    if (next === end + 1 && parts > 2) break;
    end = next;
    parts++;
  }
  scan.steps += end - headerEnd;
  scan.seen.token = end;
  if (parts >= 3 || (parts === 2 && end > headerEnd + 1)) scan.report(TOKEN, start, end);
}

function segmentEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    if (!isAlphanumeric(code) && code !== 45 && code !== 95) break;
    end++;
  }
  return end;
}

function hasAlgorithm(segment: string): boolean {
  try {
    const header: unknown = JSON.parse(atob(segment.replaceAll('-', '+').replaceAll('_', '/')));
    return typeof header === 'object' && header !== null && 'alg' in header && typeof header.alg === 'string';
  } catch {
    return false;
  }
}
