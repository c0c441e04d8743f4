import { contextWords } from '../context.js';
import { Rank, type Rule } from '../rule.js';
import type { Scan } from '../scan.js';

const CONTEXT = contextWords('mac hardware ethernet physical address interface nic wlan wifi bssid device');
const MAC: Rule = {
  type: 'MAC_ADDRESS',
  recognizer: 'mac-address',
  rule: 'eui-48',
  score: 0.6,
  rank: Rank.Pattern,
  context: CONTEXT,
};
const DOTTED: Rule = { ...MAC, rule: 'eui-48-dotted' };

/** IEEE 802 EUI-48: six octets joined by one kind of sign, or three groups of four digits joined by dots. */
const OCTETS = /[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}(?![\p{L}\d_]|[:-][0-9a-f]{2})/iuy;
const QUADS = /[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}(?![\p{L}\d_]|\.[0-9a-f])/iuy;
const GROUP_OR_BROADCAST_ONLY = /^(?:f{12}|0{12})$/i;

/** `MAC:` may stand directly before it: letters that are no octet. */
const LABEL_BEFORE = /[a-z]{3}:$/i;

/** `start` is a run of two or four hexadecimal digits before a colon, a dash or a dot. */
export function recognizeMac(scan: Scan, start: number, runLength: number): void {
  if (
    start > 0 &&
    ':-.'.includes(scan.text.charAt(start - 1)) &&
    !LABEL_BEFORE.test(scan.text.slice(Math.max(0, start - 4), start))
  )
    return;
  const form = runLength === 2 ? OCTETS : QUADS;
  form.lastIndex = start;
  if (!form.test(scan.text)) return;
  const end = form.lastIndex;
  const digits = scan.text.slice(start, end).replaceAll(/[^0-9a-f]/gi, '');
  const rule = runLength === 2 ? MAC : DOTTED;
  if (GROUP_OR_BROADCAST_ONLY.test(digits)) scan.reject(rule, start, end, 'form');
  else scan.report(rule, start, end);
}
