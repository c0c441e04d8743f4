import { Injectable } from '@nestjs/common';
import type { Requester } from '../platform/http/request-context.js';
import { type DetectionOptions, detectors, type Mode, type NewDetector } from './detection-options.js';
import { type Analysis, analyze, type FindsIn } from './engine/analysis.js';
import { runCooperatively } from './engine/cooperation.js';
import type { Finding, Value } from './engine/finding.js';
import type { Matcher } from './engine/matcher.js';
import type { Judge } from './engine/model/judge.js';
import type { Field } from './engine/structure/structured-document.js';
import { refusalOf } from './engine-failure.js';
import { KnownSecretsService } from './known-secrets.service.js';
import { NameJudges } from './model/name-judges.service.js';
import { confidencesOf } from './protection-options.js';
import { PoliciesService } from './resources/policies.service.js';
import { settleOptions } from './text-options.js';
import { type Stoppable, withTimeLimit } from './time-limit.js';
import { TokenKeeper } from './tokens/token-keeper.js';
import type { VaultMatcher } from './vault-matcher.js';

/** What is looked for. */
export interface SearchSettings {
  /** Least confidence, 0 to 1, unless the processor has one of its own. */
  readonly confidenceThreshold: number;
  /** A redaction policy (`res_…`) whose settings of finding hold. */
  readonly processorId: string | undefined;
  /** Nothing but the organization's own values. */
  readonly isSecretsOnly: boolean;
}

/** Settings at work; made once for many requests. */
interface Settled {
  /** Of the processor. */
  readonly version: number | undefined;
  readonly options: DetectionOptions;
  readonly timeout: number | undefined;
  readonly mode: Mode | undefined;
  readonly newDetector: NewDetector;
}

interface Remembered {
  readonly readAt: number;
  readonly settled: Promise<Settled>;
}

/** How long a processor's settings are used before they are read again, in milliseconds. */
const FRESH_MS = 900;
const MOST_REMEMBERED = 1_000;

/** One search of one request's texts. */
export class TextSearch {
  constructor(
    private readonly settled: Settled | undefined,
    private readonly vault: VaultMatcher | undefined,
    private readonly judges: NameJudges,
  ) {}

  /** Nothing can be found, whatever the texts. */
  get isVain(): boolean {
    return !this.settled && !this.vault;
  }

  /** Types of the settings' own patterns, which no list of types has. */
  get customTypes(): readonly string[] {
    return this.settled?.options.custom_patterns.map(({ name }) => name) ?? [];
  }

  /** Different near guesses at the organization's values that all texts held. */
  get nearGuesses(): number {
    return this.vault?.nearGuesses ?? 0;
  }

  /**
   * @param issued types, as clients see them, by codes of tokens that are left as they stand
   * @param field names the texts in errors
   * @throws AppError INVALID_DATA, PATTERN_TOO_COSTLY, TIME_LIMIT_EXCEEDED; the signal's reason
   */
  async find(
    fields: readonly Field[],
    issued: ReadonlyMap<string, string>,
    signal: () => AbortSignal,
    field: string,
  ): Promise<Analysis> {
    const limited = withTimeLimit({ signal }, this.settled?.timeout);
    const judge = await this.judgeOf(fields, limited);
    const finder = this.finder(judge);
    const kept = issued.size === 0 ? finder : new TokenKeeper(finder, issued);
    const options = this.settled ? confidencesOf(this.settled.options) : {};
    try {
      return await runCooperatively(analyze({ fields: () => fields }, kept, options), limited);
    } catch (error) {
      throw refusalOf(error, field) ?? error;
    }
  }

  private async judgeOf(fields: readonly Field[], stoppable: Stoppable): Promise<Judge | undefined> {
    const settled = this.settled;
    return this.judges.judgeFor(settled?.mode, stoppable, (judge) =>
      analyze({ fields: () => fields }, settled?.newDetector([], judge) ?? new MatchersAlone([])),
    );
  }

  private finder(judge: Judge | undefined): FindsIn {
    const matchers = this.vault ? [this.vault] : [];
    return this.settled?.newDetector(matchers, judge) ?? new MatchersAlone(matchers);
  }
}

/** Searches for what matchers find and nothing else. */
class MatchersAlone implements FindsIn {
  constructor(private readonly matchers: readonly Matcher[]) {}

  *find({ text }: Value): Generator<void, Finding[]> {
    const findings: Finding[] = [];
    for (const matcher of this.matchers) {
      if (text.length < matcher.shortest) continue;
      const { type, recognizer } = matcher;
      const explanation = { recognizer, rule: 'match', baseScore: 1 };
      for (const { start, end } of yield* matcher.find(text))
        findings.push({ type, start, end, score: 1, explanation });
    }
    return united(findings);
  }
}

function united(findings: Finding[]): Finding[] {
  const disjoint: Finding[] = [];
  for (const finding of findings.sort((a, b) => a.start - b.start)) {
    const last = disjoint.at(-1);
    if (!last || last.end <= finding.start) disjoint.push(finding);
    else if (last.end < finding.end) disjoint[disjoint.length - 1] = { ...last, end: finding.end };
  }
  return disjoint;
}

/** Searches of texts for callers that decide themselves what becomes of the findings. */
@Injectable()
export class TextSearches {
  private readonly remembered = new Map<string, Remembered>();

  constructor(
    private readonly policies: PoliciesService,
    private readonly secrets: KnownSecretsService,
    private readonly judges: NameJudges,
  ) {}

  /** What the vault knows, for one search whose settings are still to come. */
  secretsFor(organizationId: string): Promise<VaultMatcher | undefined> {
    return this.secrets.finderOf(organizationId, { always: true });
  }

  /**
   * @param secrets what {@link secretsFor} has given for this search
   * @throws AppError NOT_FOUND, RESOURCE_ARCHIVED for the processor; OpenError when a value cannot be read
   */
  async searchFor(
    requester: Requester,
    settings: SearchSettings,
    secrets = this.secretsFor(requester.principal.organizationId),
  ): Promise<TextSearch> {
    const [vault, settled] = await Promise.all([
      secrets,
      settings.isSecretsOnly ? undefined : this.settle(requester, settings),
    ]);
    return new TextSearch(settled, vault, this.judges);
  }

  /** Notes the near guesses of a search, before it is answered. @throws AppError TOO_MANY_GUESSES */
  async noteGuesses(requester: Requester, { nearGuesses }: TextSearch): Promise<void> {
    if (nearGuesses > 0) await this.secrets.noteGuesses(requester, { nearGuesses });
  }

  private settle(requester: Requester, settings: SearchSettings): Promise<Settled> {
    const { processorId = '', confidenceThreshold } = settings;
    const organizationId = processorId === '' ? '' : requester.principal.organizationId;
    const slot = `${organizationId}/${processorId}/${confidenceThreshold}`;
    const known = this.remembered.get(slot);
    const isFresh = known && (processorId === '' || performance.now() - known.readAt < FRESH_MS);
    if (isFresh) return known.settled;
    const settled = this.read(requester, settings, known);
    if (this.remembered.size >= MOST_REMEMBERED) this.remembered.clear();
    this.remembered.set(slot, { readAt: performance.now(), settled });
    settled.catch(() => this.remembered.delete(slot));
    return settled;
  }

  /** Compiles patterns, which can take a second: only when they have changed. */
  private async read(
    requester: Requester,
    { processorId: id, confidenceThreshold }: SearchSettings,
    known: Remembered | undefined,
  ): Promise<Settled> {
    const policy = id === undefined ? undefined : await this.policies.getActive(requester, id);
    const before = await known?.settled;
    if (before && before.version === policy?.version) return before;
    const given = { confidence_threshold: policy?.config.confidence_threshold ?? confidenceThreshold };
    const options = settleOptions(given, policy?.config);
    const { timeout, mode } = options;
    return { version: policy?.version, options, timeout, mode, newDetector: detectors(options) };
  }
}
