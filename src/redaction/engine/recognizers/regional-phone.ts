import { isWord } from '../characters.js';
import { contextWords } from '../context.js';
import type { DigitGroups } from '../digit-groups.js';
import { Rank, type Rule } from '../rule.js';
import type { Scan } from '../scan.js';

interface RegionalPlan {
  readonly type: string;
  /** Digits with the calling code, with the trunk prefix, and alone. */
  readonly international: RegExp;
  readonly trunk: RegExp;
  readonly bare?: RegExp;
  readonly rules: { readonly international: Rule; readonly trunk: Rule; readonly bare: Rule };
}

function plan(type: string, words: string, forms: Omit<RegionalPlan, 'type' | 'rules'>): RegionalPlan {
  const base = { type, recognizer: 'regional-phone', rank: Rank.Pattern, context: contextWords(words) };
  return {
    type,
    ...forms,
    rules: {
      international: { ...base, rule: 'international', score: 0.6 },
      trunk: { ...base, rule: 'trunk-prefix', score: 0.4 },
      bare: { ...base, rule: 'bare', score: 0.05 },
    },
  };
}

/** Numbering plans of BTK (Turkey) and NTC (Philippines, mobile networks). */
const PLANS: readonly RegionalPlan[] = [
  plan('TR_PHONE_NUMBER', 'telefon telefonu telefonum tel cep gsm numara numarası ara arayın phone mobile', {
    international: /^90[2-5]\d{9}$/,
    trunk: /^0[2-5]\d{9}$/,
    bare: /^[2-5]\d{9}$/,
  }),
  plan('PH_MOBILE_NUMBER', 'telepono selpon cellphone mobile phone number tawagan text cp', {
    international: /^639\d{9}$/,
    trunk: /^09\d{9}$/,
  }),
];
const PLUS = 43;

/** Types that are asked for by country; to those who ask for all, these are telephone numbers like others. */
export function recognizeRegionalPhone(scan: Scan, groups: DigitGroups): void {
  if (groups.size < 10) return;
  for (const candidate of PLANS) if (scan.wants(candidate.type)) recognize(scan, groups, candidate);
}

function recognize(
  scan: Scan,
  groups: DigitGroups,
  { international, trunk, bare, rules }: RegionalPlan,
): void {
  const { text } = scan;
  const plus = groups.start > 0 && text.charCodeAt(groups.start - 1) === PLUS;
  for (let count = groups.count; count > 0; count--) {
    const size = groups.digitsIn(count);
    if (size < 10) return;
    const end = groups.end(count);
    if (size > 12 || (count === groups.count && end < text.length && isWord(text.charCodeAt(end)))) continue;
    const digits = groups.digits(count);
    if (international.test(digits))
      scan.report(rules.international, plus ? groups.start - 1 : groups.start, end);
    else if (!plus && trunk.test(digits)) scan.report(rules.trunk, groups.start, end);
    else if (!plus && bare?.test(digits) === true) scan.report(rules.bare, groups.start, end);
    else continue;
    return;
  }
}
