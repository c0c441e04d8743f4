import { isWord } from '../characters.js';
import { findingConfidence } from '../confidence.js';
import type { Finding } from '../finding.js';
import { flagsOf, isNameAndWord, isPlainWord } from '../names/tagger/gazetteer.js';
import { type FoundValue, FurtherOccurrences } from './further-occurrences.js';
import { isOrdinaryWord } from './ordinary-word.js';
import type { Stretch } from './stretch.js';

/** Recognizer of the places where a value stands again. */
const RECOGNIZER = 'further-occurrence';
/**
 * Types whose values say little by themselves, or mean something else in another place; and those that are found
 * wherever they stand in the first place.
 */
const WEAK: ReadonlySet<string> = new Set(
  `DATE_TIME AGE NRP TITLE LOCATION ORGANIZATION ZIP_CODE UK_POSTCODE DE_PLZ URL DENY_LIST VAULT_SECRET`.split(
    ' ',
  ),
);
const ASKED: ReadonlySet<string> = new Set(['custom-pattern', 'deny-list']);
const LEAST_LENGTH = 4;
const LONGEST_KNOWN = 48;
const MOST_KNOWN = 10_000;
const LEAST_DIGITS_ALONE = 6;
/** `12 Oak Street`; parts of an address say little by themselves. */
const LEAST_ADDRESS_WORDS = 3;

/**
 * The values found in a document whose every other place is personal data too, whatever stands around it: in prose after
 * a labelled cell, in a key, in capitals, with other signs between its digits.
 */
export class RepeatedValues {
  readonly #values = new Map<string, FoundValue & { readonly finding: Finding }>();
  /** Short texts in which nothing stands: those of tables come again and again. */
  readonly #without = new Set<string>();
  #search: FurtherOccurrences | undefined;

  /** @param allows texts that are never reported */
  constructor(private readonly allows: (text: string) => boolean = () => false) {}

  note(text: string, finding: Finding): void {
    const { type, explanation } = finding;
    if (
      WEAK.has(type) ||
      ASKED.has(explanation.recognizer) ||
      !isTelling(text, type) ||
      this.#values.has(text)
    )
      return;
    this.#values.set(text, { type, text, confidence: findingConfidence(finding), finding });
  }

  /**
   * The findings of a text and the further places of all noted values in it, sorted, never overlapping.
   * @throws EngineInputError `TOO_REPETITIVE`
   */
  *complete(text: string, findings: readonly Finding[]): Generator<void, readonly Finding[]> {
    if (isTaken(text, findings) || this.#without.has(text)) return findings;
    this.#search ??= new FurtherOccurrences(this.#values.values());
    const more: Finding[] = [];
    const parts = new Set<Finding>();
    let next = 0;
    for (const { value, start, end } of yield* this.#search.places(text)) {
      while ((findings[next]?.end ?? Number.POSITIVE_INFINITY) <= start) next++;
      const found = this.#values.get(value.text)?.finding;
      const inside = found ? partsOf({ ...found, start, end }, findings, next) : [];
      const pieces = inside.length > 0 ? [{ start, end }] : freePieces(text, { start, end }, findings, next);
      for (const piece of pieces) {
        const written = text.slice(piece.start, piece.end);
        if (!found || this.allows(written) || isOtherWord(written, value)) continue;
        more.push(again(found, piece));
        for (const part of inside) parts.add(part);
      }
    }
    if (more.length === 0) {
      if (findings.length === 0 && text.length <= LONGEST_KNOWN && this.#without.size < MOST_KNOWN)
        this.#without.add(text);
      return findings;
    }
    const kept = parts.size === 0 ? findings : findings.filter((finding) => !parts.has(finding));
    return [...kept, ...more].sort((a, b) => a.start - b.start);
  }
}

/** Most cells of tables are one finding from end to end: nothing more can stand there. */
const isTaken = (text: string, [first, second]: readonly Finding[]): boolean =>
  first !== undefined && second === undefined && first.start === 0 && first.end === text.length;

const again = ({ type, score, explanation }: Finding, { start, end }: Stretch): Finding => ({
  ...{ type, start, end, score },
  explanation: { recognizer: RECOGNIZER, rule: explanation.recognizer, baseScore: explanation.baseScore },
});

/** Long enough to be nothing else, and no word of the language. */
function isTelling(text: string, type: string): boolean {
  if (text.length < LEAST_LENGTH || isOrdinaryWord(text, type)) return false;
  if (type === 'PERSON' && !/\s/.test(text)) {
    const flags = flagsOf(text.toLowerCase());
    return !isPlainWord(flags) && !isNameAndWord(flags);
  }
  if (type === 'ADDRESS') return /\d/.test(text) && text.trim().split(/[\s,]+/).length >= LEAST_ADDRESS_WORDS;
  return !/^\d+$/.test(text) || text.length >= LEAST_DIGITS_ALONE;
}

/** A single name in other letters than those it was found in may be any word. */
const isOtherWord = (written: string, { type, text }: FoundValue): boolean =>
  type === 'PERSON' && !/\s/.test(text) && written !== text;

/**
 * The findings that are parts of a value, where nothing else touches its place: a surname alone where the whole name
 * stands, which would count as another person. None when they make up the value, or one is of another type.
 */
function partsOf(place: Finding, findings: readonly Finding[], from: number): Finding[] {
  const parts: Finding[] = [];
  for (let index = from; index < findings.length; index++) {
    const { type, start, end, explanation } = findings[index] as Finding;
    if (start >= place.end) break;
    if (end <= place.start) continue;
    const isWhole = start === place.start && end === place.end;
    const isInside = start >= place.start && end <= place.end;
    if (type !== place.type || isWhole || !isInside || ASKED.has(explanation.recognizer)) return [];
    parts.push(findings[index] as Finding);
  }
  return parts;
}

/** What other findings leave over of a stretch, with a letter or digit in it. @param from first that ends behind its start */
function freePieces(
  text: string,
  { start, end }: Stretch,
  findings: readonly Finding[],
  from: number,
): Stretch[] {
  const pieces: Stretch[] = [];
  let free = start;
  for (let index = from; free < end; index++) {
    const taken = findings[index];
    const stop = Math.min(end, taken?.start ?? end);
    if (stop > free) pieces.push(...trimmed(text, free, stop, free !== start || stop !== end));
    free = taken === undefined ? end : taken.end;
  }
  return pieces;
}

function trimmed(text: string, from: number, to: number, isPart: boolean): Stretch[] {
  if (!isPart) return [{ start: from, end: to }];
  let start = from;
  let end = to;
  while (start < end && !isWord(text.charCodeAt(start))) start++;
  while (end > start && !isWord(text.charCodeAt(end - 1))) end--;
  return start < end ? [{ start, end }] : [];
}
