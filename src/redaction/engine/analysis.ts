import { findingConfidence } from './confidence.js';
import { tooManyFindings } from './engine-error.js';
import { type Explanation, type Finding, MOST_FINDINGS, type Value } from './finding.js';
import { codePointOffsets } from './structure/code-points.js';
import type { Column, Field, StructuredDocument } from './structure/structured-document.js';

/** Whatever finds personal data in a string: findings sorted by start, never overlapping. Yields where it may pause. */
export interface FindsIn {
  find(value: Value): Generator<void, Finding[]>;
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

/** All findings in document order; `spans[i]` belongs to `entities[i]`. */
export interface Analysis {
  readonly entities: readonly Entity[];
  readonly spans: readonly Span[];
}

export interface AnalysisOptions {
  /** Findings below are left out. The detector's own least score is `scoreOf` of it; only this tells 1 from .99. */
  readonly minConfidence?: number;
  /** In place of `minConfidence` for types (engine names) that have one of their own. */
  readonly minConfidences?: ReadonlyMap<string, number>;
}

const FIELDS_PER_TURN = 100;
const VOTE_SHARE = 0.6;
const VOTE_LEAST_CELLS = 3;

/**
 * Searches every field of a document. A column of a table in which most cells are of one type lends this type's name as a
 * label to all its cells, so that weaker ones are judged in its light.
 * @throws EngineInputError when the document is malformed or holds too much; RangeError when findings overlap or leave the value
 */
export function* analyze(
  document: Pick<StructuredDocument<unknown>, 'columns' | 'fields'>,
  detector: FindsIn,
  options: AnalysisOptions = {},
): Generator<void, Analysis> {
  for (const column of document.columns?.() ?? []) yield* vote(column, detector);
  const analysis = { entities: [] as Entity[], spans: [] as Span[] };
  let index = 0;
  for (const field of document.fields()) {
    if (field.value.text !== '') {
      const findings = yield* detector.find(field.value);
      if (findings.length > 0) collect(analysis, field, index, findings, options);
      if (analysis.entities.length > MOST_FINDINGS) throw tooManyFindings();
    }
    if (++index % FIELDS_PER_TURN === 0) yield;
  }
  return analysis;
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
    if (count >= sample.length * VOTE_SHARE) column.addLabel(type);
  }
}

function collect(
  analysis: { entities: Entity[]; spans: Span[] },
  field: Field,
  index: number,
  findings: readonly Finding[],
  { minConfidence = 0, minConfidences }: AnalysisOptions,
): void {
  const { text } = field.value;
  assertDisjoint(findings, text.length);
  const borders: number[] = [];
  for (const { start, end } of findings) borders.push(start, end);
  const offsets = codePointOffsets(text, borders);
  const place = placeOf(field);
  let border = 0;
  for (const { type, start, end, score, explanation } of findings) {
    const confidence = findingConfidence({ type, score, explanation });
    const first = offsets[border++] ?? start;
    const last = offsets[border++] ?? end;
    if (confidence < (minConfidences?.get(type) ?? minConfidence)) continue;
    const found = text.slice(start, end);
    analysis.entities.push({
      type,
      text: found,
      start: first,
      end: last,
      score,
      confidence,
      explanation,
      ...place,
    });
    analysis.spans.push({ field: index, start, end });
  }
}

function placeOf({ path, part }: Field): Pick<Entity, 'path' | 'part'> {
  if (path === undefined) return {};
  return part === undefined ? { path } : { path, part };
}

function assertDisjoint(findings: readonly Finding[], length: number): void {
  let free = 0;
  for (const { start, end } of findings) {
    if (start < free || end <= start || end > length)
      throw new RangeError('findings overlap or leave the value');
    free = end;
  }
}
