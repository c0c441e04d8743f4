import type { FindsIn } from '../../engine/analysis.js';
import { runToEnd } from '../../engine/cooperation.js';
import { tooManyFindings } from '../../engine/engine-error.js';
import { MOST_FINDINGS } from '../../engine/finding.js';
import type { FurtherOccurrences } from '../../engine/occurrences/further-occurrences.js';
import type { Stretch } from '../../engine/occurrences/stretch.js';
import { joinOverlaps } from '../../engine/occurrences/stretch.js';
import { shownConfidence } from '../document-detector.js';
import type { Found } from '../found-tally.js';
import { visible } from './paragraph-cut.js';
import type { TextGroup, TextView } from './story-text.js';
import type { StoryVisitor } from './story-visitor.js';
import type { Decisions } from './story-walker.js';

/** What is to be removed from a paragraph: a stretch of its linear text. */
export interface Removal extends Found, Stretch {
  /** Its beginning stands in a paragraph before. */
  readonly isContinued: boolean;
}

/** First reading of a part: its text, and what can only be decided at its end. */
export class StoryText implements StoryVisitor {
  readonly groups: TextGroup[] = [];
  readonly decisions: Decisions = { fields: new Set(), drawings: new Set() };
  /** Drawings, pictures and embedded objects were met. */
  hasPictures = false;
  /** Characters that are seen: no white space, nothing deleted. */
  characters = 0;

  open(name: string): void {
    if (name === 'w:drawing' || name === 'w:pict') this.hasPictures = true;
  }

  group(group: TextGroup): void {
    this.groups.push(group);
  }

  text(text: string, { change }: { change: string }): void {
    if (change !== 'deleted') this.characters += visible(text);
  }

  removed(kind: string): void {
    if (kind === 'embedded_objects') this.hasPictures = true;
  }

  close(): void {}
  sign(): void {}
  value(): void {}
  code(): void {}
}

/** Removals of a part by paragraph. */
export type Removals = ReadonlyMap<number, readonly Removal[]>;

/** Collects what is found in the groups of a part. */
export class StorySearch {
  readonly #removals = new Map<number, Removal[]>();
  /** Findings as they were made: each value is looked for everywhere. */
  readonly values: Found[] = [];
  #count = 0;

  constructor(private readonly groups: readonly TextGroup[]) {}

  /** @throws what the detector throws; EngineInputError `TOO_MANY_FINDINGS` */
  detect(detector: FindsIn, progress: () => void): void {
    for (const group of this.groups) {
      for (const view of group.views()) {
        for (const finding of runToEnd(detector.find({ text: view.text, labels: group.labels }))) {
          const { type, start, end } = finding;
          const found = { type, confidence: shownConfidence(finding), text: view.text.slice(start, end) };
          this.values.push(found);
          this.#add(view, found, start, end);
        }
      }
      progress();
    }
  }

  addOccurrences(known: FurtherOccurrences, progress: () => void): void {
    if (known.isEmpty) return;
    for (const group of this.groups) {
      for (const view of group.views()) {
        for (const { type, confidence, start, end } of known.find(view.text)) {
          this.#add(view, { type, confidence, text: view.text.slice(start, end) }, start, end);
        }
      }
      progress();
    }
  }

  /** By paragraph, in order, overlaps joined. */
  removals(): Map<number, Removal[]> {
    for (const [paragraph, removals] of this.#removals) {
      if (removals.length > 1) this.#removals.set(paragraph, joinOverlaps(removals));
    }
    return new Map([...this.#removals].sort(([a], [b]) => a - b));
  }

  #add(view: TextView, found: Found, start: number, end: number): void {
    if (++this.#count > 4 * MOST_FINDINGS) throw tooManyFindings();
    let isContinued = false;
    for (const place of view.placesOf(start, end)) {
      const removals = this.#removals.get(place.paragraph) ?? [];
      this.#removals.set(place.paragraph, removals);
      removals.push({ ...found, start: place.start, end: place.end, isContinued });
      isContinued = true;
    }
  }
}
