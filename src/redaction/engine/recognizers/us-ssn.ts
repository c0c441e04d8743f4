import { isWord } from '../characters.js';
import { contextWords } from '../context.js';
import { type DigitGroups, NONE } from '../digit-groups.js';
import { Rank, type Rule } from '../rule.js';
import type { Scan } from '../scan.js';
import { isSocialSecurityForm } from '../validators/social-security.js';
import { wordsOf } from '../vocabulary.js';

const CONTEXT = contextWords(wordsOf('socialSecurity'));
const BASE = { type: 'US_SSN', recognizer: 'us-ssn', rank: Rank.Pattern, context: CONTEXT };
const DASHED: Rule = { ...BASE, rule: 'dashed', score: 0.5 };
const SPACED: Rule = { ...BASE, rule: 'spaced', score: 0.5 };
const HALF_DASHED: Rule = { ...BASE, rule: 'half-dashed', score: 0.05 };
const BARE: Rule = { ...BASE, rule: 'bare', score: 0.05 };
/** Came printed on a card in every wallet of a maker and was used by thousands: nobody's (SSA, history FAQ). */
const WALLET_SAMPLE = '078051120';
const SPACE = 32;
const DASH = 45;

/** US social security numbers; dashed or spaced always, nine bare digits only with context. */
export function recognizeSsn(scan: Scan, groups: DigitGroups): void {
  const rule = ruleFor(groups);
  if (rule === undefined) return;
  const count = rule === BARE ? 1 : rule === HALF_DASHED ? 2 : 3;
  const end = groups.end(count);
  const separator = groups.separator(count - 1);
  if (separator !== NONE && separator !== SPACE) return;
  if (separator === NONE && isWord(scan.text.charCodeAt(end)) && end < scan.text.length) return;
  const digits = groups.digits(count);
  if (count === 1 && digits === WALLET_SAMPLE) scan.reject(rule, groups.start, end, 'form');
  else if (isSocialSecurityForm(digits)) scan.report(rule, groups.start, end);
  else if (rule === DASHED || rule === SPACED) scan.reject(rule, groups.start, end, 'form');
}

function ruleFor(groups: DigitGroups): Rule | undefined {
  if (groups.hasLengths(3, 2, 4)) {
    if (groups.joinedBy(DASH, 3)) return DASHED;
    return groups.joinedBy(SPACE, 3) ? SPACED : undefined;
  }
  if (groups.length(0) === 9) return BARE;
  const halves = groups.hasLengths(3, 6) || groups.hasLengths(5, 4);
  return halves && groups.joinedBy(DASH, 2) ? HALF_DASHED : undefined;
}
