import { findingConfidence } from './confidence.js';
import { tooManyFindings } from './engine-error.js';
import { type Explanation, type Finding, MOST_FINDINGS, type Value } from './finding.js';
import { RepeatedValues } from './occurrences/repeated-values.js';
import { PlainValues } from './plain-values.js';
import { RejectionLog, type RejectionReason, tellingRejections } from './rejection.js';
import { codePointOffsets, hasSurrogates } from './structure/code-points.js';
import type { Column, Field, StructuredDocument } from './structure/structured-document.js';

/** Whatever finds personal data in a string: findings sorted by start, never overlapping. Yields where it may pause. */
export interface FindsIn {
  /** @param rejections where set, what looked like personal data and is not reported is noted there */
  find(value: Value, rejections?: RejectionLog): Generator<void, Finding[]>;
  /** Texts that are never reported; none when absent. */
  allows?(text: string): boolean;
}

/** A finding as clients see it. Offsets are code points of the value, end exclusive; the path is that of the source. */
export interface Entity {
  /** Engine name; `publicName` gives the one to show. */
  readonly type: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly path?: string;
  readonly part?: 'key';
  readonly score: number;
  readonly confidence: number;
  readonly explanation: Explanation;
}

/** Where an entity lies: index of its field in the document, and UTF-16 offsets within the field's text. */
export interface Span {
  readonly field: number;
  readonly start: number;
  readonly end: number;
}

/** What looked like personal data and was not reported, as clients see it. */
export interface RejectedEntity extends Omit<Entity, 'confidence'> {
  readonly reason: RejectionReason;
  readonly overlappedBy?: string;
}

/** In document order, at most {@link MOST_REJECTED}; `omitted` counts those beyond. */
export interface Rejected {
  readonly entities: readonly RejectedEntity[];
  readonly omitted: number;
}

/** All findings in document order; `spans[i]` belongs to `entities[i]`. */
export interface Analysis {
  readonly entities: readonly Entity[];
  readonly spans: readonly Span[];
  /** Where asked for. */
  readonly rejected?: Rejected;
}

export interface AnalysisOptions {
  /** Findings below are left out. The detector's own least score is `scoreOf` of it; only this tells 1 from .99. */
  readonly minConfidence?: number;
  /** In place of `minConfidence` for types (engine names) that have one of their own. */
  readonly minConfidences?: ReadonlyMap<string, number>;
  /** Also tells what looked like personal data and was not reported. */
  readonly explain?: boolean;
}

/** Most rejections of one document that are told; each has the text it is about. */
export const MOST_REJECTED = 1_000;

const FIELDS_PER_TURN = 100;
const VOTE_SHARE = 0.6;
const VOTE_LEAST_CELLS = 3;

/**
 * Searches every field of a document. A column of a table in which most cells are of one type lends this type to all its
 * cells, so that weaker ones are judged in its light. What is found in one place is then found in all others of the
 * document, whatever stands around it there (see {@link RepeatedValues}).
 * @throws EngineInputError when the document is malformed or holds too much; RangeError when findings overlap or leave the value
 */
export function* analyze(
  document: Pick<StructuredDocument<unknown>, 'columns' | 'fields'>,
  detector: FindsIn,
  options: AnalysisOptions = {},
): Generator<void, Analysis> {
  for (const column of document.columns?.() ?? []) yield* vote(column, detector);
  const search = new Search(detector, options);
  let index = 0;
  for (const { value, part } of document.fields()) {
    if (value.text !== '') yield* search.look(index, part === 'key' ? { ...value, isKey: true } : value);
    if (++index % FIELDS_PER_TURN === 0) yield;
  }
  index = 0;
  if (search.hasSomething) {
    for (const field of document.fields()) {
      if (field.value.text !== '') yield* search.collect(index, field);
      if (++index % FIELDS_PER_TURN === 0) yield;
    }
  }
  return search.analysis();
}

/** Both passes over a document: what stands in each field, then what stands there because of all the others. */
class Search {
  readonly #entities: Entity[] = [];
  readonly #spans: Span[] = [];
  readonly #findings = new Map<number, readonly Finding[]>();
  readonly #rejections = new Map<number, RejectionLog>();
  readonly #rejected: RejectedEntity[] = [];
  readonly #values: RepeatedValues;
  readonly #plain = new PlainValues();
  #found = 0;
  #omitted = 0;

  constructor(
    private readonly detector: FindsIn,
    private readonly options: AnalysisOptions,
  ) {
    this.#values = new RepeatedValues((text) => detector.allows?.(text) ?? false);
  }

  get hasSomething(): boolean {
    return this.#findings.size > 0 || this.#rejections.size > 0;
  }

  *look(index: number, value: Value): Generator<void, void> {
    if (this.#plain.has(value)) return;
    const log = this.options.explain ? new RejectionLog() : undefined;
    const all = yield* this.detector.find(value, log);
    assertDisjoint(all, value.text.length);
    const findings = all.filter((finding) => this.#isSure(finding, log));
    if (log && log.noted.length > 0) this.#rejections.set(index, log);
    if (findings.length === 0) {
      if (log === undefined) this.#plain.add(value);
      return;
    }
    this.#findings.set(index, findings);
    this.#found += findings.length;
    if (this.#found > MOST_FINDINGS) throw tooManyFindings();
    for (const finding of findings) this.#values.note(value.text.slice(finding.start, finding.end), finding);
  }

  *collect(index: number, field: Field): Generator<void, void> {
    const findings = yield* this.#values.complete(field.value.text, this.#findings.get(index) ?? []);
    const offsetOf = offsetsIn(field.value.text, findings);
    for (const finding of findings) {
      this.#entities.push(entityOf(field, finding, offsetOf));
      this.#spans.push({ field: index, start: finding.start, end: finding.end });
    }
    if (this.#entities.length > MOST_FINDINGS) throw tooManyFindings();
    const log = this.#rejections.get(index);
    if (log) this.#reject(field, findings, log);
  }

  analysis(): Analysis {
    const found = { entities: this.#entities, spans: this.#spans };
    if (!this.options.explain) return found;
    return { ...found, rejected: { entities: this.#rejected, omitted: this.#omitted } };
  }

  #isSure(finding: Finding, log: RejectionLog | undefined): boolean {
    const { minConfidence = 0, minConfidences } = this.options;
    if (findingConfidence(finding) >= (minConfidences?.get(finding.type) ?? minConfidence)) return true;
    log?.add({ ...finding, reason: 'score' });
    return false;
  }

  #reject(field: Field, findings: readonly Finding[], { noted, omitted }: RejectionLog): void {
    const telling = tellingRejections(noted, findings);
    const kept = telling.slice(0, MOST_REJECTED - this.#rejected.length);
    this.#omitted += omitted + telling.length - kept.length;
    const offsetOf = offsetsIn(field.value.text, kept);
    for (const rejection of kept) {
      const { reason, overlappedBy } = rejection;
      const { confidence: _, ...shown } = entityOf(field, rejection, offsetOf);
      this.#rejected.push({ ...shown, reason, ...(overlappedBy !== undefined && { overlappedBy }) });
    }
  }
}

/** What clients see of a finding. Without spread syntax, which would cost more than all else here. */
function entityOf({ value, path, part }: Field, finding: Finding, offsetOf: Offsets): Entity {
  const { type, start, end, score, explanation } = finding;
  const entity: { -readonly [Part in keyof Entity]: Entity[Part] } = {
    type,
    text: value.text.slice(start, end),
    start: offsetOf(start),
    end: offsetOf(end),
    score,
    confidence: findingConfidence(finding),
    explanation,
  };
  if (path !== undefined) {
    entity.path = path;
    if (part !== undefined) entity.part = part;
  }
  return entity;
}

/** Offsets in code points for those of findings in code units. */
type Offsets = (offset: number) => number;

/** Rejections overlap, so that their borders come in any order. */
function offsetsIn(text: string, findings: readonly Finding[]): Offsets {
  if (findings.length === 0 || !hasSurrogates(text)) return (offset) => offset;
  const borders = findings.flatMap(({ start, end }) => [start, end]);
  const ascending = [...new Set(borders)].sort((a, b) => a - b);
  const points = codePointOffsets(text, ascending);
  const byOffset = new Map(ascending.map((offset, at) => [offset, points[at] ?? offset]));
  return (offset) => byOffset.get(offset) ?? offset;
}

/** A cell votes for a type that makes up at least half of it. */
function* vote(column: Column, detector: FindsIn): Generator<void, void> {
  const { sample } = column;
  if (sample.length < VOTE_LEAST_CELLS) return;
  const votes = new Map<string, number>();
  for (const value of sample) {
    const findings = yield* detector.find(value);
    const length = value.text.trim().length;
    const main = findings.find(({ start, end }) => (end - start) * 2 >= length);
    if (main !== undefined) votes.set(main.type, (votes.get(main.type) ?? 0) + 1);
  }
  yield;
  for (const [type, count] of votes) {
    if (count >= sample.length * VOTE_SHARE) column.addVote(type);
  }
}

function assertDisjoint(findings: readonly Finding[], length: number): void {
  let free = 0;
  for (const { start, end } of findings) {
    if (start < free || end <= start || end > length)
      throw new RangeError('findings overlap or leave the value');
    free = end;
  }
}
