import { type ContextPlace, findContext } from './context.js';
import type { Explanation, Finding } from './finding.js';
import type { LabelContext } from './labels.js';
import type { RejectionLog, RejectionReason } from './rejection.js';
import type { Rank, Rule } from './rule.js';
import { ONLY_WHEN_NAMED } from './type-defaults.js';

const CONTEXT_BOOST = 0.35;
const SCORE_WITH_CONTEXT = 0.4;

/** A finding that may still have to give way to another. */
export interface Candidate extends Finding {
  readonly rank: Rank;
}

/** What spoke for or against a span: a word and where it stands, or what the rest of the column holds. */
interface Support {
  readonly word?: string | undefined;
  readonly place?: ContextPlace | undefined;
}

/** What a scan reports and how far it has to look. */
export interface ScanSettings {
  readonly types: ReadonlySet<string> | undefined;
  readonly minScore: number;
  /** Least scores of types that have one of their own. */
  readonly minScores?: ReadonlyMap<string, number> | undefined;
  readonly allowList: ReadonlySet<string>;
  /** Where set, what is not reported is noted there, with the reason. */
  readonly rejections?: RejectionLog | undefined;
}

/** One search of one text: what the recognizers read from and report to. */
export class Scan {
  readonly #settings: ScanSettings;
  #candidates: Candidate[] = [];
  /** Ends of the last runs that a recognizer has read whole, so that none is read twice. */
  readonly seen = { email: 0, hostname: 0, url: 0, colons: 0, token: 0, secret: 0 };
  /** Characters looked at by the scanner and its recognizers' longest loops; shows that the work is linear. */
  steps = 0;

  constructor(
    readonly text: string,
    readonly labels: LabelContext,
    settings: ScanSettings,
    readonly isKey = false,
  ) {
    this.#settings = settings;
  }

  /** Whether reasons are asked for, also of what is not reported. */
  get explains(): boolean {
    return this.#settings.rejections !== undefined;
  }

  wants(type: string): boolean {
    return this.#settings.types?.has(type) ?? !ONLY_WHEN_NAMED.has(type);
  }

  /** Weighs the context and notes the span, unless the type is not asked for or the score is too low. */
  report(rule: Rule, start: number, end: number): void {
    if (!this.wants(rule.type)) return;
    const hit = rule.score >= 1 ? undefined : findContext(this.text, start, end, rule, this.labels);
    if (rule.onlyWithContext === true && hit?.direction !== 1) {
      const reason = hit === undefined ? 'no-context' : 'negative-context';
      this.#reject(rule, start, end, reason, rule.score, hit);
      return;
    }
    const score = hit === undefined ? rule.score : weigh(rule.score, hit.direction);
    if (hit?.direction === -1 && score < this.leastScore(rule.type)) {
      this.#reject(rule, start, end, 'negative-context', score, hit);
      return;
    }
    this.#note(rule, start, end, score, hit);
  }

  /** Tells that a span has the shape of its type and fails a test; costs nothing unless somebody asked for reasons. */
  reject(
    rule: Rule,
    start: number,
    end: number,
    reason: RejectionReason,
    score = 0,
    contextWord?: string,
  ): void {
    this.#reject(rule, start, end, reason, score, { word: contextWord });
  }

  /** As `report`, with a score and a context word that the recognizer has found itself. */
  note(
    rule: Rule,
    start: number,
    end: number,
    score: number,
    contextWord?: string,
    contextPlace?: ContextPlace,
  ): void {
    this.#note(rule, start, end, score, { word: contextWord, place: contextPlace });
  }

  #note(rule: Rule, start: number, end: number, score: number, support: Support | undefined): void {
    if (!this.wants(rule.type)) return;
    if (score < this.leastScore(rule.type)) {
      this.#reject(rule, start, end, 'score', score, support);
      return;
    }
    if (this.isAllowed(start, end)) {
      this.#reject(rule, start, end, 'allowed', score, support);
      return;
    }
    const explanation = explain(rule, support);
    this.#candidates.push({ type: rule.type, start, end, score, explanation, rank: rule.rank });
  }

  /** Whether something found by other means would be reported. */
  wouldReport({ type, start, end, score }: Finding): boolean {
    return this.wants(type) && score >= this.leastScore(type) && !this.isAllowed(start, end);
  }

  #reject(
    rule: Rule,
    start: number,
    end: number,
    reason: RejectionReason,
    score: number,
    support: Support | undefined,
  ): void {
    const { rejections } = this.#settings;
    if (rejections === undefined || !this.wants(rule.type)) return;
    const { validation: _, ...explanation } = explain(rule, support);
    const failed = reason === 'checksum' || reason === 'form';
    rejections.add({
      ...{ type: rule.type, start, end, score, reason },
      explanation: {
        ...explanation,
        ...(failed
          ? { validation: 'failed' as const, baseScore: 0 }
          : rule.validation && { validation: rule.validation }),
      },
    });
  }

  /** The score from which a type is reported. */
  leastScore(type: string): number {
    return this.#settings.minScores?.get(type) ?? this.#settings.minScore;
  }

  isAllowed(start: number, end: number): boolean {
    return this.#settings.allowList.size > 0 && this.#settings.allowList.has(this.text.slice(start, end));
  }

  /** Hands over the candidates noted since the last call. */
  take(): Candidate[] {
    const taken = this.#candidates;
    this.#candidates = [];
    return taken;
  }
}

/** Presidio's arithmetic: a word for the type adds .35 with .4 as the floor; a word against it takes .35 away. */
function weigh(score: number, direction: 1 | -1): number {
  const weighed =
    direction === 1 ? Math.max(SCORE_WITH_CONTEXT, score + CONTEXT_BOOST) : score - CONTEXT_BOOST;
  return Math.round(Math.min(1, Math.max(0, weighed)) * 100) / 100;
}

/** Without spread syntax, which costs more than all else here: most findings of a table get their reasons in this place. */
function explain({ recognizer, rule, validation, score }: Rule, support: Support | undefined): Explanation {
  const explanation: { -readonly [Part in keyof Explanation]: Explanation[Part] } = {
    recognizer,
    rule,
    baseScore: score,
  };
  if (validation !== undefined) explanation.validation = validation;
  if (support?.word !== undefined) explanation.contextWord = support.word;
  if (support?.place !== undefined) explanation.contextPlace = support.place;
  return explanation;
}
