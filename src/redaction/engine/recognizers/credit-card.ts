import { isWord } from '../characters.js';
import { contextWords } from '../context.js';
import { type DigitGroups, NONE } from '../digit-groups.js';
import { Rank, type Rule } from '../rule.js';
import type { Scan } from '../scan.js';
import { cardIssuer } from '../validators/card-issuer.js';
import { passesLuhn } from '../validators/luhn.js';
import { wordsOf } from '../vocabulary.js';

const CARD: Rule = {
  type: 'CREDIT_CARD',
  recognizer: 'credit-card',
  rule: 'issuer-luhn',
  score: 1,
  rank: Rank.Checksum,
  validation: 'passed',
};
/** Short numbers and unassigned ranges, too often something else: reported only beside a word for cards. */
const PROBABLE_CARD: Rule = {
  ...CARD,
  rule: 'luhn-with-context',
  score: 0.3,
  rank: Rank.Pattern,
  onlyWithContext: true,
  context: contextWords(wordsOf('card')),
};
const SPACE = 32;
const DASH = 45;

/** Card numbers: an issuer's range and length (ISO/IEC 7812) and Luhn's check, plain or in groups. */
export function recognizeCreditCard(scan: Scan, groups: DigitGroups): void {
  if (groups.size < 12) return;
  let failed: number | undefined;
  for (let count = groups.count; count > 0; count--) {
    const size = groups.digitsIn(count);
    if (size < 12) break;
    if (size > 19 || !isGroupedLikeCard(groups, count) || !endsAfter(scan.text, groups, count)) continue;
    const digits = groups.digits(count);
    const sure = cardIssuer(digits) !== undefined && (size >= 14 || digits.startsWith('4'));
    if (!passesLuhn(digits) || isMonotone(digits)) {
      if (sure) failed ??= count;
      continue;
    }
    scan.report(sure ? CARD : PROBABLE_CARD, groups.start, groups.end(count));
    return;
  }
  if (failed !== undefined) scan.reject(CARD, groups.start, groups.end(failed), 'checksum');
}

function isGroupedLikeCard(groups: DigitGroups, count: number): boolean {
  if (count === 1) return true;
  const separator = groups.separator(0);
  if ((separator !== SPACE && separator !== DASH) || !groups.joinedBy(separator, count)) return false;
  for (let group = 0; group < count; group++) {
    const length = groups.length(group);
    const isLast = group === count - 1;
    if (length > 7 || length < (isLast ? 1 : 3)) return false;
  }
  return groups.length(0) === 4;
}

function endsAfter(text: string, groups: DigitGroups, count: number): boolean {
  const separator = groups.separator(count - 1);
  if (separator !== NONE) return separator === SPACE || separator === 47;
  return !isWord(text.charCodeAt(groups.end(count)));
}

function isMonotone(digits: string): boolean {
  return /^(\d)\1+$/.test(digits);
}
