import { Conflicts } from './conflicts.js';
import { type CustomPattern, matchCustomPattern, type PatternBudget } from './custom-pattern.js';
import { DenyList } from './deny-list.js';
import { tooManyFindings } from './engine-error.js';
import { type Finding, MOST_FINDINGS, type Value } from './finding.js';
import { labelContext } from './labels.js';
import type { Match, Matcher } from './matcher.js';
import type { Judge } from './model/judge.js';
import { JudgedNames } from './model/judged-names.js';
import { MODEL_TYPES } from './model/label-scheme.js';
import { recognizeLabelledSecret } from './recognizers/assignment.js';
import { recognizeColumnValue, recognizeSampleName } from './recognizers/column-value.js';
import { recognizeLabelledValue } from './recognizers/labelled-value.js';
import { RejectionLog } from './rejection.js';
import { Rank } from './rule.js';
import { type Candidate, Scan, type ScanSettings } from './scan.js';
import { Scanner } from './scanner.js';

export { SUPPORTED_TYPES } from './supported-types.js';

const RANGE = 32_768;
/** No recognizer reports a span that begins further than this before the place that triggered it. */
const FURTHEST_BACK = 640;
const PATTERN_BUDGET_MS = 2_000;
const ASKED = ['custom-pattern', 'deny-list'];

export interface DetectorOptions {
  /** Engine (Presidio) names; absent = all. Custom patterns are found whatever it says. */
  readonly types?: ReadonlySet<string>;
  /** Presidio's scale; findings below are left out. */
  readonly minScore: number;
  /** Least scores of types (engine names) that have one of their own, on the same scale. */
  readonly minScores?: ReadonlyMap<string, number>;
  /** Exact texts never reported, unless the deny list, a custom pattern or a matcher has them. */
  readonly allowList?: readonly string[];
  /** Literal texts always reported as `DENY_LIST` with score 1, as whole words where they end in word characters. */
  readonly denyList?: readonly string[] | DenyList;
  readonly customPatterns?: readonly CustomPattern[];
  readonly matchers?: readonly Matcher[];
  /** Is asked about sentences whose names are unsure. */
  readonly judge?: Judge;
  /** Time that custom patterns may take over the detector's whole life, in milliseconds; 2,000 when absent. */
  readonly patternBudgetMs?: number;
  /** Clock in milliseconds. */
  readonly now?: () => number;
}

/**
 * Finds personal data and secrets in values. Holds no state of a search, except what is left of the custom
 * patterns' time: make one per request when there are any.
 */
export class Detector {
  readonly #settings: ScanSettings;
  readonly #denyList: DenyList;
  readonly #patterns: readonly CustomPattern[];
  readonly #matchers: readonly Matcher[];
  /** Recognizers of what was asked for by name: no allow list takes it back. */
  readonly #asked: ReadonlySet<string>;
  /** Whether there is anything that was asked for by name. */
  readonly #isAsked: boolean;
  readonly #budget: PatternBudget;
  readonly #judge: Judge | undefined;

  constructor(options: DetectorOptions) {
    this.#settings = {
      types: options.types,
      minScore: options.minScore,
      minScores: options.minScores,
      allowList: new Set(options.allowList),
    };
    const denied = options.denyList ?? [];
    this.#denyList = denied instanceof DenyList ? denied : new DenyList(denied);
    this.#patterns = options.customPatterns ?? [];
    this.#matchers = (options.matchers ?? []).filter(
      ({ type, always }) => always || (options.types?.has(type) ?? true),
    );
    this.#asked = new Set([...ASKED, ...this.#matchers.map(({ recognizer }) => recognizer)]);
    this.#isAsked = this.#patterns.length + this.#matchers.length > 0 || !this.#denyList.isEmpty;
    this.#judge = isAnyWanted(MODEL_TYPES, options.types) ? options.judge : undefined;
    this.#budget = {
      left: options.patternBudgetMs ?? PATTERN_BUDGET_MS,
      now: options.now ?? (() => performance.now()),
    };
  }

  /**
   * Yields about every 32 KiB scanned so that the caller can give way to other work; returns findings sorted by
   * start, never overlapping.
   * @param rejections where set, what looked like personal data and is not reported is noted there
   * @throws PatternDeadlineError, PatternMatchesError when a custom pattern goes too far; EngineInputError
   *   `TOO_MANY_FINDINGS`
   */
  *find(value: Value, rejections?: RejectionLog): Generator<void, Finding[]> {
    const { text } = value;
    const conflicts = new Conflicts(text, rejections);
    if (this.#isAsked) yield* this.#findAsked(text, conflicts);
    if (this.#judge) return yield* this.#findJudged(value, conflicts, this.#judge, rejections);
    const scan = this.#begin(value, rejections);
    const scanner = new Scanner(scan);
    for (let at = 0; at < text.length; ) {
      at = scanner.range(at, Math.min(text.length, at + RANGE));
      conflicts.add(scan.take());
      conflicts.settle(at >= text.length ? Number.POSITIVE_INFINITY : at - FURTHEST_BACK);
      if (conflicts.size > MOST_FINDINGS) throw tooManyFindings();
      if (at < text.length) yield;
    }
    return this.#finish(scan, conflicts.findings(), rejections);
  }

  #begin({ text, labels, votes, isSample, isKey }: Value, rejections: RejectionLog | undefined): Scan {
    const settings = rejections === undefined ? this.#settings : { ...this.#settings, rejections };
    const scan = new Scan(text, labelContext(labels, votes), settings, isKey);
    recognizeLabelledValue(scan);
    if (isSample === true) recognizeSampleName(scan);
    else recognizeColumnValue(scan);
    recognizeLabelledSecret(scan);
    return scan;
  }

  /** The same as `find`, but for the names, which are not settled before the judge has been asked. */
  *#findJudged(
    value: Value,
    conflicts: Conflicts,
    judge: Judge,
    rejections = new RejectionLog(),
  ): Generator<void, Finding[]> {
    const { text } = value;
    const scan = this.#begin(value, rejections);
    const scanner = new Scanner(scan);
    const names = new JudgedNames(text, judge, (candidate) => scan.wouldReport(candidate));
    for (let at = 0; at < text.length; ) {
      at = scanner.range(at, Math.min(text.length, at + RANGE));
      conflicts.add(names.withhold(scan.take()));
      if (conflicts.size > MOST_FINDINGS) throw tooManyFindings();
      if (at < text.length) yield;
    }
    names.doubt(rejections.noted);
    conflicts.add(yield* names.settled());
    if (conflicts.size > MOST_FINDINGS) throw tooManyFindings();
    conflicts.settle(Number.POSITIVE_INFINITY);
    return this.#finish(scan, conflicts.findings(), rejections);
  }

  *#findAsked(text: string, conflicts: Conflicts): Generator<void, void> {
    for (const pattern of this.#patterns) {
      const candidates: Candidate[] = yield* matchCustomPattern(pattern, text, this.#budget);
      conflicts.add(candidates);
    }
    if (!this.#denyList.isEmpty) conflicts.add(yield* this.#denyList.find(text));
    for (const matcher of this.#matchers) {
      if (text.length < matcher.shortest) continue;
      const matches = yield* matcher.find(text);
      conflicts.add(matches.map((match) => candidateOf(matcher, match)));
    }
  }

  /** Texts that the caller does not want to see reported. */
  allows(text: string): boolean {
    return this.#settings.allowList.has(text);
  }

  /** What conflicts have cut or joined may be an allowed text by now. */
  #finish(scan: Scan, findings: Finding[], rejections: RejectionLog | undefined): Finding[] {
    if (this.#settings.allowList.size === 0) return findings;
    return findings.filter((finding) => {
      const { start, end, explanation } = finding;
      if (this.#asked.has(explanation.recognizer) || !scan.isAllowed(start, end)) return true;
      rejections?.add({ ...finding, reason: 'allowed' });
      return false;
    });
  }
}

const isAnyWanted = (types: ReadonlySet<string>, wanted: ReadonlySet<string> | undefined): boolean =>
  wanted === undefined || [...types].some((type) => wanted.has(type));

function candidateOf({ type, recognizer }: Matcher, { start, end, reference }: Match): Candidate {
  const explanation = {
    ...{ recognizer, rule: 'match', baseScore: 1 },
    ...(reference !== undefined && { reference }),
  };
  return { type, start, end, score: 1, explanation, rank: Rank.Asked };
}

/** Runs a search to its end. */
export function findAll(detector: Detector, value: Value): Finding[] {
  const search = detector.find(value);
  let step = search.next();
  while (step.done !== true) step = search.next();
  return step.value;
}
