import {
  type Analysis,
  type AnalysisOptions,
  analyze,
  type Entity,
  type FindsIn,
  type Rejected,
  type Span,
} from './analysis.js';
import { createOperator, type Method } from './operators/create-operator.js';
import type { Operator } from './operators/operator.js';
import type { RedactionOptions } from './operators/redaction.js';
import { type Patch, splice } from './splice.js';
import type { StructuredDocument } from './structure/structured-document.js';

export interface ProtectionOptions extends RedactionOptions, AnalysisOptions {
  readonly method: Method;
}

export interface ProtectedEntity extends Entity {
  readonly replacement: string;
  readonly method: string;
}

export interface Protection<T> {
  readonly processed: T;
  readonly entities: readonly ProtectedEntity[];
  /** The method of all entities; for `auto` with several methods `auto`. */
  readonly methodUsed: string;
  /** Where asked for. */
  readonly rejected?: Rejected;
}

/** Replacements written where a value already reads like its own replacement. */
const FALLBACKS = ['[REDACTED]', '[REMOVED]'];

/**
 * Finds personal data in a document and replaces it; all else stays as it was.
 * @throws as `analyze` does
 */
export function* protect<T>(
  document: StructuredDocument<T>,
  detector: FindsIn,
  { method, ...options }: ProtectionOptions,
): Generator<void, Protection<T>> {
  const analysis = yield* analyze(document, detector, options);
  return yield* replaceFindings(document, analysis, createOperator(method, options), method);
}

/** The second half of `protect`, for operators that need to know all findings first. `method` is the one asked for. */
export function* replaceFindings<T>(
  document: StructuredDocument<T>,
  { entities, spans, rejected }: Analysis,
  operator: Operator,
  method: string,
): Generator<void, Protection<T>> {
  const replaced: ProtectedEntity[] = [];
  for (const entity of entities) {
    const { text, method: applied } = operator.replace(entity);
    replaced.push(withReplacement(entity, otherThan(entity.text, text), applied));
    if (replaced.length % 1_000 === 0) yield;
  }
  let next = 0;
  const processed = yield* document.rewrite(({ value }, index) => {
    const first = next;
    while (spans[next]?.field === index) next++;
    if (next === first) return undefined;
    return splice(value.text, patchesOf(spans, replaced, first, next), operator.joiner);
  });
  return {
    processed,
    entities: replaced,
    methodUsed: methodOf(replaced, method),
    ...(rejected && { rejected }),
  };
}

/** Without spread syntax, which is slow for objects of several forms. */
function withReplacement(entity: Entity, replacement: string, method: string): ProtectedEntity {
  const { type, text, start, end, score, confidence, explanation, path, part } = entity;
  const shown: { -readonly [Part in keyof ProtectedEntity]: ProtectedEntity[Part] } = {
    type,
    text,
    start,
    end,
    score,
    confidence,
    explanation,
    replacement,
    method,
  };
  if (path !== undefined) shown.path = path;
  if (part !== undefined) shown.part = part;
  return shown;
}

function otherThan(original: string, replacement: string): string {
  if (replacement !== original) return replacement;
  return FALLBACKS.find((fallback) => fallback !== original) ?? '';
}

function patchesOf(
  spans: readonly Span[],
  replaced: readonly ProtectedEntity[],
  first: number,
  end: number,
): Patch[] {
  const patches: Patch[] = [];
  for (let i = first; i < end; i++) {
    const span = spans[i];
    if (span === undefined) continue;
    patches.push({ start: span.start, end: span.end, text: replaced[i]?.replacement ?? '' });
  }
  return patches;
}

function methodOf(replaced: readonly ProtectedEntity[], asked: string): string {
  if (asked !== 'auto') return asked;
  const methods = new Set(replaced.map(({ method }) => method));
  return methods.size > 1 ? 'auto' : (replaced[0]?.method ?? 'redaction');
}
