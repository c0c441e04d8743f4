import { isDigit, isHex, isWord } from '../characters.js';
import { contextWords } from '../context.js';
import type { DigitGroups } from '../digit-groups.js';
import { Rank, type Rule } from '../rule.js';
import type { Scan } from '../scan.js';
import { isIpv4, isIpv6 } from '../validators/ip-address.js';
import { wordsOf } from '../vocabulary.js';

const CONTEXT = contextWords(wordsOf('address'), `oid ${wordsOf('notADate')}`);
const BASE = { type: 'IP_ADDRESS', recognizer: 'ip-address', rank: Rank.Pattern, context: CONTEXT };
const IPV4: Rule = { ...BASE, rule: 'ipv4', score: 0.6, validation: 'passed' };
/** Five numbers or more are a version or an object identifier. */
const LONGER: Rule = { ...BASE, rule: 'ipv4-in-longer', score: 0.05, context: contextWords('') };
const IPV6: Rule = { ...BASE, rule: 'ipv6', score: 0.6, validation: 'passed' };
const UNSPECIFIED: Rule = { ...BASE, rule: 'ipv6-unspecified', score: 0.1, context: contextWords('') };
/** `ab::cd` may as well be a name in source code. */
const LETTERS_ONLY: Rule = { ...BASE, rule: 'ipv6-letters', score: 0.1 };

const COLON = 58;
const DOT = 46;
const LONGEST = 45;
const COLONS = /:+/;
/** With fewer it is a time of day or a ratio. */
const LEAST_GROUPS = 5;
const PREFIX_LENGTH = /\/(?:12[0-8]|1[01]\d|\d{1,2})(?!\d|\.\d)/y;
const ZONE = /%[A-Za-z0-9][A-Za-z0-9_.-]{0,14}(?<![.-])/y;

/** IPv4 in dotted form, with a prefix length when one follows. */
export function recognizeIpv4(scan: Scan, groups: DigitGroups): void {
  if (groups.count < 4 || !groups.joinedBy(DOT, 4)) return;
  const end = groups.end(4);
  if (isWord(scan.text.charCodeAt(end))) return;
  if (!isIpv4(scan.text.slice(groups.start, end))) {
    scan.reject(IPV4, groups.start, end, 'form');
    return;
  }
  scan.report(groups.separator(3) === DOT ? LONGER : IPV4, groups.start, prefixEnd(scan.text, end, 32));
}

/** IPv6 in every form of RFC 4291 §2.2, with a zone (RFC 4007) or a prefix length when one follows. */
export function recognizeIpv6(scan: Scan, start: number): void {
  if (start < scan.seen.colons) return;
  const { text } = scan;
  const runEnd = colonRunEnd(text, start);
  scan.seen.colons = runEnd;
  scan.steps += runEnd - start;
  const end = trimEnd(text, start, runEnd);
  if (end - start > LONGEST || end - start < 2) return;
  if (isWord(text.charCodeAt(runEnd)) && runEnd < text.length) return;
  const address = text.slice(start, end);
  if (!isIpv6(address)) {
    if (address.split(COLONS).length >= LEAST_GROUPS) scan.reject(IPV6, start, end, 'form');
    return;
  }
  ZONE.lastIndex = end;
  const zoned = text.charCodeAt(end) === 37 && ZONE.test(text) ? ZONE.lastIndex : end;
  scan.report(ruleFor(address), start, prefixEnd(text, zoned, 128));
}

function ruleFor(address: string): Rule {
  if (address === '::') return UNSPECIFIED;
  return /\d/.test(address) ? IPV6 : LETTERS_ONLY;
}

function colonRunEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    if (!isHex(code) && code !== COLON && !(code === DOT && isDigit(text.charCodeAt(end + 1)))) break;
    end++;
  }
  return end;
}

/** Without a single colon at the end, which belongs to the sentence. */
function trimEnd(text: string, start: number, runEnd: number): number {
  const single = text.charCodeAt(runEnd - 1) === COLON && text.charCodeAt(runEnd - 2) !== COLON;
  return single && runEnd - start > 2 ? runEnd - 1 : runEnd;
}

function prefixEnd(text: string, end: number, longest: number): number {
  if (text.charCodeAt(end) !== 47) return end;
  PREFIX_LENGTH.lastIndex = end;
  if (!PREFIX_LENGTH.test(text)) return end;
  return Number(text.slice(end + 1, PREFIX_LENGTH.lastIndex)) <= longest ? PREFIX_LENGTH.lastIndex : end;
}
