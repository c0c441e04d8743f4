import type { Finding } from './finding.js';

/**
 * Confidence is what clients see and set as a threshold: hundredths from 0 to 1, piecewise linear over the score
 * (0 → 0, .4 → .85, 1 → .99), so that a threshold of .85 is Presidio's usual .4.
 *
 * A confidence is the highest hundredth that the score reaches, never a rounded-up one, and thresholds are compared
 * with that very value. So what is shown and what is kept always agree: a threshold equal to a shown confidence keeps
 * the finding, any higher one drops it. 1 is left to findings that are certain by definition (a user's own pattern or
 * deny list, and values of variables).
 */
const KNEE_SCORE = 0.4;
const KNEE_CONFIDENCE = 0.85;
const TOP_CONFIDENCE = 0.99;
const CERTAIN_RECOGNIZERS: ReadonlySet<string> = new Set(['custom-pattern', 'deny-list', 'vault']);

/** Lowest score that reaches each hundredth of confidence from 0 to .99. */
const SCORE_AT: readonly number[] = Array.from({ length: 100 }, (_, hundredths) => inverse(hundredths / 100));

function inverse(confidence: number): number {
  if (confidence <= KNEE_CONFIDENCE) return (confidence * KNEE_SCORE) / KNEE_CONFIDENCE;
  if (confidence >= TOP_CONFIDENCE) return 1;
  const aboveKnee = (confidence - KNEE_CONFIDENCE) / (TOP_CONFIDENCE - KNEE_CONFIDENCE);
  return KNEE_SCORE + aboveKnee * (1 - KNEE_SCORE);
}

/** Confidence (0 to .99, in hundredths) of a score on Presidio's scale. */
export function confidenceOf(score: number): number {
  let low = 0;
  let high = SCORE_AT.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((SCORE_AT[middle] ?? 1) <= score) low = middle;
    else high = middle - 1;
  }
  return low / 100;
}

/**
 * Lowest score whose confidence is at least the given one: `score >= scoreOf(c)` exactly when `confidenceOf(score) >= c`,
 * for c up to .99. Above that only certain findings qualify, whose score is 1; as other findings can have score 1 too,
 * such a threshold must also be compared with `findingConfidence`.
 */
export function scoreOf(confidence: number): number {
  const hundredths = Math.ceil(confidence * 100 - 1e-9);
  if (hundredths <= 0) return 0;
  return SCORE_AT[hundredths] ?? 1;
}

/** Confidence of a finding: 1 when a user's own pattern, deny list or variable found it, else that of its score. */
export function findingConfidence(finding: Pick<Finding, 'type' | 'score' | 'explanation'>): number {
  const certain = finding.type === 'DENY_LIST' || CERTAIN_RECOGNIZERS.has(finding.explanation.recognizer);
  return certain ? 1 : confidenceOf(finding.score);
}
