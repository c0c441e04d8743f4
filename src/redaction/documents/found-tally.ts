import type { Entity } from '../engine/analysis.js';
import type { Explanation } from '../engine/finding.js';
import { Redaction, type RedactionOptions } from '../engine/operators/redaction.js';
import { publicName } from '../engine/type-names.js';
import type { RemovedEntities } from './redaction-report.js';

/** Something to be removed, whatever found it. */
export interface Found {
  /** Engine name. */
  readonly type: string;
  /** On the scale clients see. */
  readonly confidence: number;
  readonly text: string;
}

const EXPLANATION: Explanation = { recognizer: 'document', rule: 'placeholder', baseScore: 1 };
const FALLBACKS = ['[REDACTED]', '[REMOVED]'];
/** What XML 1.0 and most readers of text cannot hold. */
const UNWRITABLE = /[^\P{Cc}\t\n\r]|\p{Cs}|[\ufffe\uffff]/gu;

/** Placeholders of a document and counts of what they stand for. */
export class FoundTally {
  readonly #operator: Redaction;
  readonly #counts = new Map<string, number>();
  readonly #placeholders = new Set<string>();

  constructor(options: RedactionOptions) {
    this.#operator = new Redaction(options);
  }

  /** Counts a find, and says what is put in its place; findings come in reading order, since some are numbered. */
  placeholder(found: Found): string {
    const name = publicName(found.type);
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
    const entity: Entity = { ...found, start: 0, end: 0, score: 1, explanation: EXPLANATION };
    const written = this.#operator.replace(entity).text.replaceAll(UNWRITABLE, '');
    const text = written === found.text ? (FALLBACKS.find((other) => other !== found.text) ?? '') : written;
    this.#placeholders.add(text);
    return text;
  }

  /** All that were handed out. */
  get placeholders(): ReadonlySet<string> {
    return this.#placeholders;
  }

  get total(): number {
    let total = 0;
    for (const count of this.#counts.values()) total += count;
    return total;
  }

  /** By type, most frequent first. */
  entities(): RemovedEntities[] {
    return Array.from(this.#counts, ([type, count]) => ({ type, count, pages: [] })).sort(
      (a, b) => b.count - a.count || (a.type < b.type ? -1 : 1),
    );
  }
}
