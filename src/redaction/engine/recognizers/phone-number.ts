import { isWord } from '../characters.js';
import { contextWords } from '../context.js';
import { type DigitGroups, NONE, PARENTHESIS } from '../digit-groups.js';
import { Rank, type Rule } from '../rule.js';
import type { Scan } from '../scan.js';
import { internationalFit, isNorthAmerican } from '../validators/calling-code.js';
import { wordsOf } from '../vocabulary.js';

const CONTEXT = contextWords(wordsOf('phone'), wordsOf('notAPhone'));
const BASE = { type: 'PHONE_NUMBER', recognizer: 'phone-number', rank: Rank.Pattern, context: CONTEXT };
const INTERNATIONAL: Rule = { ...BASE, rule: 'international', score: 0.65, validation: 'passed' };
const PLUS: Rule = { ...BASE, rule: 'plus', score: 0.5 };
const EXIT_CODE: Rule = { ...BASE, rule: 'exit-code', score: 0.45 };
const NORTH_AMERICAN: Rule = { ...BASE, rule: 'north-american', score: 0.6, validation: 'passed' };
const THREE_THREE_FOUR: Rule = { ...BASE, rule: '3-3-4', score: 0.4 };
const AREA_CODE: Rule = { ...BASE, rule: 'area-code', score: 0.45 };
const TRUNK_PREFIX: Rule = { ...BASE, rule: 'trunk-prefix', score: 0.4 };
const GROUPED: Rule = { ...BASE, rule: 'grouped', score: 0.2 };
const BARE: Rule = { ...BASE, rule: 'bare', score: 0.05 };

const SPACE = 32;
const DASH = 45;
const DOT = 46;
const SLASH = 47;
const PLUS_SIGN = 43;
const OPEN = 40;
const MOST_BRACKETS = 2;
const EXTENSION = /,? ?(?:x|[Ee]xt\.?|#) ?\d{1,6}(?![\p{L}\d])/uy;

/** Phone numbers by their written form; whether the numbering plan has them only raises the score. */
export function recognizePhone(scan: Scan, groups: DigitGroups): void {
  if (groups.size < 7) return;
  let failed: number | undefined;
  const plus = scan.text.charCodeAt(groups.start - 1) === PLUS_SIGN && groups.start > 0;
  for (let count = groups.count; count > 0; count--) {
    const size = groups.digitsIn(count);
    if (size < 7) break;
    const end =
      size > 17 || brackets(groups, count) > MOST_BRACKETS ? undefined : endOf(scan.text, groups, count);
    if (end === undefined) continue;
    const rule = plus ? plusRule(groups, count, size) : nationalRule(scan.text, groups, count, size);
    if (rule === undefined) {
      if (plus) failed ??= end;
      continue;
    }
    scan.report(rule, plus ? groups.start - 1 : groups.start, end);
    return;
  }
  if (failed !== undefined) scan.reject(PLUS, groups.start - 1, failed, 'form');
}

function brackets(groups: DigitGroups, count: number): number {
  let found = 0;
  for (let group = 0; group < count - 1; group++) if (groups.separator(group) === PARENTHESIS) found++;
  return found;
}

/** Where the number ends after `count` groups, its extension included; nothing when it cannot end there. */
function endOf(text: string, groups: DigitGroups, count: number): number | undefined {
  const end = groups.end(count);
  const separator = groups.separator(count - 1);
  if (separator !== NONE) return separator === SPACE || separator === PARENTHESIS ? end : undefined;
  const after = text.charCodeAt(end);
  if (after === 120 || after === SPACE || after === 35 || after === 44) {
    EXTENSION.lastIndex = end;
    if (EXTENSION.test(text)) return EXTENSION.lastIndex;
  }
  return end < text.length && (isWord(after) || after === 95) ? undefined : end;
}

function plusRule(groups: DigitGroups, count: number, size: number): Rule | undefined {
  if (size > 16 || groups.length(0) > 15) return undefined;
  const digits = groups.digits(count);
  const fit = internationalFit(digits);
  if (fit === 'plan') return INTERNATIONAL;
  return fit === 'code' && size >= 8 && count < 8 ? PLUS : undefined;
}

function nationalRule(text: string, groups: DigitGroups, count: number, size: number): Rule | undefined {
  const opened = text.charCodeAt(groups.start) === OPEN;
  if (opened !== (groups.separator(0) === PARENTHESIS && count > 1 && opened)) return undefined;
  const digits = groups.digits(count);
  if (digits.startsWith('00') && size >= 10 && isExitCode(groups, count)) return EXIT_CODE;
  if (count === 1) return bareRule(digits);
  return (
    northAmericanRule(groups, count, digits) ??
    (size > 13 || !isEvenlyJoined(groups, count) ? undefined : groupedRule(groups, count, digits, opened))
  );
}

function isExitCode(groups: DigitGroups, count: number): boolean {
  const separator = groups.separator(0);
  return (
    count > 1 && groups.length(0) > 1 && groups.length(0) <= 5 && (separator === SPACE || separator === DASH)
  );
}

function bareRule(digits: string): Rule | undefined {
  return digits.length >= 7 && digits.length <= 15 ? BARE : undefined;
}

function northAmericanRule(groups: DigitGroups, count: number, digits: string): Rule | undefined {
  const trunk = groups.hasLengths(1, 3, 3, 4) && count === 4 && digits.startsWith('1');
  if (!trunk && !(groups.hasLengths(3, 3, 4) && count === 3)) return undefined;
  const separator = groups.separator(count - 2);
  if (separator === SLASH || separator === PARENTHESIS) return undefined;
  return isNorthAmerican(digits.slice(-10)) ? NORTH_AMERICAN : THREE_THREE_FOUR;
}

function groupedRule(groups: DigitGroups, count: number, digits: string, opened: boolean): Rule | undefined {
  const size = digits.length;
  if (opened) return size >= 8 && groups.length(0) <= 5 ? AREA_CODE : undefined;
  for (let group = 0; group < count; group++)
    if (groups.length(group) < 2 || groups.length(group) > 8) return undefined;
  const separator = groups.separator(0);
  if (separator === DOT && !(count === 5 && digits.startsWith('0')) && !digits.startsWith('0'))
    return undefined;
  if (digits.startsWith('0') && !digits.startsWith('00') && size >= 9 && size <= 12) return TRUNK_PREFIX;
  return count <= 5 && groups.length(0) <= 5 ? GROUPED : undefined;
}

/** One kind of sign between all groups, apart from the one behind the area code. */
function isEvenlyJoined(groups: DigitGroups, count: number): boolean {
  const separator = groups.separator(count > 2 ? 1 : 0);
  if (separator !== SPACE && separator !== DASH && separator !== DOT && count > 1) {
    if (separator !== PARENTHESIS && !(separator === SLASH && count === 2)) return false;
  }
  for (let group = 1; group < count - 1; group++) if (groups.separator(group) !== separator) return false;
  return true;
}
