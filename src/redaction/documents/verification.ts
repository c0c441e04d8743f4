import {
  type FoundValue,
  FurtherOccurrences,
  type Occurrence,
} from '../engine/occurrences/further-occurrences.js';
import { DocumentFailure } from './document-failure.js';
import type { Found } from './found-tally.js';
import type { Check } from './redaction-report.js';

/** Types of which a part is worth something, and never stands in a text for its own sake. */
const TELLING_IN_PART = new Set(['US_SSN', 'CREDIT_CARD', 'IBAN_CODE', 'PHONE_NUMBER', 'EMAIL_ADDRESS']);
const LEAST_FRAGMENT = 7;
const LEAST_DIGITS = 7;

/** Whether a value is unlike any word of a vocabulary: several words, an address, a long number. */
export function isTelling(text: string): boolean {
  return /\S\s+\S|@/.test(text) || text.replaceAll(/\D/g, '').length >= LEAST_DIGITS;
}

/** A value without its last, or its first two characters, where that still tells it. */
function* fragmentsOf(found: Found): Generator<FoundValue> {
  const text = found.text.trim();
  if (!TELLING_IN_PART.has(found.type) || text.length < LEAST_FRAGMENT + 2) return;
  yield { ...found, text: text.slice(0, -2) };
  yield { ...found, text: text.slice(2) };
}

/** Values with their fragments, to be looked for in what is about to be handed out. */
export function remnantsOf(values: Iterable<Found>): FurtherOccurrences {
  const found = [...values];
  return new FurtherOccurrences([...found, ...found.flatMap((value) => [...fragmentsOf(value)])]);
}

/** Occurrences that are no part of what was put in place of a value: a template may spell like one. */
export function leaksIn(
  text: string,
  remnants: FurtherOccurrences,
  placeholders: ReadonlySet<string>,
): Occurrence[] {
  return remnants.find(text).filter(({ start, end }) => {
    for (const placeholder of placeholders) {
      const at = text.indexOf(placeholder, Math.max(0, end - placeholder.length));
      if (at >= 0 && at <= start) return false;
    }
    return true;
  });
}

/** @throws DocumentFailure `REDACTION_UNVERIFIED` unless all passed */
export function assertPassed(checks: readonly Check[]): {
  readonly passed: true;
  readonly checks: readonly Check[];
} {
  if (checks.some(({ passed }) => !passed)) throw new DocumentFailure('REDACTION_UNVERIFIED');
  return { passed: true, checks };
}
