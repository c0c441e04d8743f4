import { type Analysis, analyze, type FindsIn } from '../../engine/analysis.js';
import { runToEnd } from '../../engine/cooperation.js';
import { FurtherOccurrences } from '../../engine/occurrences/further-occurrences.js';
import type { Stretch } from '../../engine/occurrences/stretch.js';
import { joinOverlaps } from '../../engine/occurrences/stretch.js';
import type { StructuredDocument } from '../../engine/structure/structured-document.js';
import { SEARCH_TERM, shownConfidence } from '../document-detector.js';
import type { Found } from '../found-tally.js';
import { otherReadings } from './readings.js';

/** What is to be removed from a field. */
export interface FieldRemoval extends Found, Stretch {}

/** Removals by index of the field, each in order. */
export type FieldRemovals = ReadonlyMap<number, readonly FieldRemoval[]>;

/** All values that were found over the passes on a document. */
export type Values = Map<string, Found>;

/** A letter or a digit. */
const SPEAKING = /[\p{L}\p{N}]/u;

/**
 * One pass over a document: what the detector finds in its fields and in other readings of these, and every other place of
 * all values found so far.
 * @param placeholders of passes before; what is found in them does not count
 * @throws what the detector throws; EngineInputError
 */
export function searchFields(
  document: StructuredDocument<string>,
  detector: FindsIn,
  isMarkdown: boolean,
  values: Values,
  placeholders: ReadonlySet<string>,
): FieldRemovals {
  const search = new FieldSearch(values, placeholders);
  search.addAnalysis(runToEnd(analyze(document, detector)));
  for (const [index, value] of fieldsOf(document)) {
    for (const reading of otherReadings(value.text, isMarkdown)) {
      for (const finding of runToEnd(detector.find({ ...value, text: reading.text }))) {
        const found = { type: finding.type, confidence: shownConfidence(finding) };
        search.add(
          index,
          { ...found, ...finding, text: reading.text.slice(finding.start, finding.end) },
          reading.sourceOf(finding),
        );
      }
    }
  }
  search.addOccurrences(document, isMarkdown);
  return search.removals();
}

function* fieldsOf(document: StructuredDocument<string>) {
  let index = 0;
  for (const { value } of document.fields()) yield [index++, value] as const;
}

class FieldSearch {
  readonly #removals = new Map<number, FieldRemoval[]>();

  constructor(
    private readonly values: Values,
    private readonly placeholders: ReadonlySet<string>,
  ) {}

  addAnalysis({ entities, spans }: Analysis): void {
    for (const [at, { type, text, confidence }] of entities.entries()) {
      const span = spans[at];
      if (span === undefined) continue;
      this.add(span.field, { type, text, confidence: type === SEARCH_TERM ? 1 : confidence }, span);
    }
  }

  add(field: number, { type, text, confidence }: Found, { start, end }: Stretch): void {
    if (!this.#isSpeaking(text)) return;
    const found = { type, text, confidence };
    if (!this.values.has(text)) this.values.set(text, found);
    this.#push(field, { ...found, start, end });
  }

  addOccurrences(document: StructuredDocument<string>, isMarkdown: boolean): void {
    const known = new FurtherOccurrences(this.values.values());
    if (known.isEmpty) return;
    for (const [index, { text }] of fieldsOf(document)) {
      for (const found of known.find(text)) {
        this.#occurrence(index, { ...found, text: text.slice(found.start, found.end) });
      }
      for (const reading of otherReadings(text, isMarkdown)) {
        for (const found of known.find(reading.text)) {
          const { start, end } = reading.sourceOf(found);
          this.#occurrence(index, { ...found, text: reading.text.slice(found.start, found.end), start, end });
        }
      }
    }
  }

  removals(): FieldRemovals {
    for (const [field, removals] of this.#removals) {
      if (removals.length > 1) this.#removals.set(field, joinOverlaps(removals));
    }
    return this.#removals;
  }

  #occurrence(field: number, removal: FieldRemoval): void {
    if (this.#isSpeaking(removal.text)) this.#push(field, removal);
  }

  #push(field: number, removal: FieldRemoval): void {
    const removals = this.#removals.get(field) ?? [];
    this.#removals.set(field, removals);
    removals.push(removal);
  }

  /** Something is left when placeholders are taken out. */
  #isSpeaking(text: string): boolean {
    let rest = text;
    for (const placeholder of this.placeholders) rest = rest.replaceAll(placeholder, '');
    return this.placeholders.size === 0 || SPEAKING.test(rest);
  }
}
