/** After so many faults in a row a model server is passed over, */
export const MOST_FAULTS = 3;
/** for so long, in milliseconds; then one request tries it. */
export const PAUSE_MS = 10_000;

/** How a model server does, as this process sees it. */
export interface UpstreamHealth {
  /** `unknown` until it has been asked. */
  readonly status: 'unknown' | 'healthy' | 'unhealthy';
  /** When it last answered or failed to. */
  readonly checkedAt: Date | null;
  readonly consecutiveFailures: number;
  /** Of its last fault, since it last was well. */
  readonly lastErrorCode: string | null;
}

export const UNKNOWN_HEALTH: UpstreamHealth = {
  status: 'unknown',
  checkedAt: null,
  consecutiveFailures: 0,
  lastErrorCode: null,
};

/**
 * Circuit breaker of one model server. Times are milliseconds of a clock that never goes back.
 *
 * closed: everybody may pass; open: nobody for a while, then one request at a time as a trial, which closes it by an answer.
 */
export class Circuit {
  private failures = 0;
  private openUntil: number | undefined;
  private isOnTrial = false;
  private checkedAt: Date | null = null;
  private lastErrorCode: string | null = null;

  /** Whether requests are passed on without further ado. */
  get isClosed(): boolean {
    return this.openUntil === undefined;
  }

  /** Whether a request may pass now. Takes nothing. */
  admits(now: number): boolean {
    return this.openUntil === undefined || (!this.isOnTrial && now >= this.openUntil);
  }

  /** Lets a request pass, which then has to say how it ended: by `answered`, `failed` or `left`. */
  enter(): void {
    if (!this.isClosed) this.isOnTrial = true;
  }

  /** An answer has begun. Faults are forgotten only once one has come whole. */
  answered(): void {
    this.isOnTrial = false;
    this.openUntil = undefined;
  }

  /** An answer has come whole. */
  completed(): void {
    this.answered();
    this.failures = 0;
    this.lastErrorCode = null;
    this.checkedAt = new Date();
  }

  failed(code: string, now: number): void {
    this.isOnTrial = false;
    this.failures += 1;
    this.lastErrorCode = code;
    this.checkedAt = new Date();
    if (this.failures >= MOST_FAULTS) this.openUntil = now + PAUSE_MS;
  }

  /** A request ended without saying anything of the server: its client went. */
  left(): void {
    this.isOnTrial = false;
  }

  get health(): UpstreamHealth {
    const { failures, checkedAt, lastErrorCode } = this;
    const status = checkedAt === null ? 'unknown' : failures >= MOST_FAULTS ? 'unhealthy' : 'healthy';
    return { status, checkedAt, consecutiveFailures: failures, lastErrorCode };
  }
}
