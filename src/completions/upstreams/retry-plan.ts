/** Longest pause before a model server is asked again, in milliseconds. */
const MOST_PAUSE_MS = 400;
const FIRST_PAUSE_MS = 100;
/** A server that wants to be left alone for longer is not asked again. */
const SHORT_WAIT_MS = 2_000;

/** What a plan has to know of a model server. */
export interface Candidate {
  readonly upstream: { readonly maxRetries: number };
  readonly circuit: { admits(now: number): boolean };
}

export interface Turn<C> {
  readonly candidate: C;
  /** How long to wait before. */
  readonly waitMs: number;
}

/**
 * Whom to ask next, for one request: each model server once, in the order given, then the same again after a pause that
 * grows and is random, so that many requests do not come back together. Servers whose circuit is open are asked last.
 */
export class RetryPlan<C extends Candidate> {
  private made = 0;
  private readonly failures = new Map<C, { times: number; notBefore: number }>();
  private mayRetry = true;

  /** @param candidates at least one */
  constructor(
    private readonly candidates: readonly C[],
    private readonly random: () => number = Math.random,
  ) {}

  /** Requests made so far. */
  get attempts(): number {
    return this.made;
  }

  /** Whom to ask now, or undefined when enough has been tried. @param now milliseconds of a clock that never goes back */
  next(now: number): Turn<C> | undefined {
    if (!this.mayRetry) return undefined;
    const candidate = this.untried(now) ?? this.tried(now);
    if (!candidate) return undefined;
    this.made += 1;
    const failure = this.failures.get(candidate);
    if (!failure) return { candidate, waitMs: 0 };
    return { candidate, waitMs: Math.max(this.pause(failure.times), failure.notBefore - now) };
  }

  /** Notes that one could not answer. @param waitMs how long it wants to be left alone, if it says */
  failed(candidate: C, now: number, waitMs = 0): void {
    const times = (this.failures.get(candidate)?.times ?? 0) + 1;
    this.failures.set(candidate, { times, notBefore: now + waitMs });
    // Of made requests the first was none again.
    this.mayRetry = this.made <= candidate.upstream.maxRetries;
  }

  private untried(now: number): C | undefined {
    const rest = this.candidates.filter((candidate) => !this.failures.has(candidate));
    const admitted = rest.find(({ circuit }) => circuit.admits(now));
    // Before anybody was asked somebody has to be, whatever is known of them.
    return admitted ?? (this.made === 0 ? rest[0] : undefined);
  }

  private tried(now: number): C | undefined {
    const known = (candidate: C) => this.failures.get(candidate) ?? { times: 0, notBefore: now };
    const patient = this.candidates.filter((candidate) => known(candidate).notBefore - now <= SHORT_WAIT_MS);
    const sorted = patient.sort((a, b) => known(a).times - known(b).times);
    return sorted.find(({ circuit }) => circuit.admits(now)) ?? sorted[0];
  }

  /** From half of the pause to all of it. */
  private pause(times: number): number {
    const whole = Math.min(MOST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (times - 1));
    return whole * (0.5 + this.random() / 2);
  }
}
