/** How long an answer's bytes are kept after they were made, in milliseconds, and how many bytes of all of them. */
const KEPT_MS = 60_000;
const MOST_BYTES = 16 * 1024 * 1024;
/** Larger answers cost so much else that to write them anew does not show. */
const LARGEST = 1024 * 1024;

interface Kept {
  readonly bytes: Buffer;
  readonly until: number;
}

/**
 * Answers that are given again and again as one and the same object are written as JSON once. They lie in memory no longer
 * than what they were made of may.
 */
class KeptAnswers {
  private readonly lasting = new WeakSet<object>();
  /** The earliest first. */
  private readonly kept = new Map<object, Kept>();
  private bytes = 0;
  private timer: NodeJS.Timeout | undefined;

  /** Says that an answer never changes. @returns the answer */
  keep<T extends object>(answer: T): T {
    this.lasting.add(answer);
    return answer;
  }

  /** An answer as JSON. */
  write(answer: unknown): string | Buffer {
    if (typeof answer !== 'object' || answer === null || !this.lasting.has(answer))
      return JSON.stringify(answer);
    const known = this.kept.get(answer);
    if (known) return known.bytes;
    const bytes = Buffer.from(JSON.stringify(answer));
    if (bytes.length <= LARGEST) this.remember(answer, bytes);
    return bytes;
  }

  private remember(answer: object, bytes: Buffer): void {
    this.kept.set(answer, { bytes, until: Date.now() + KEPT_MS });
    this.bytes += bytes.length;
    for (const [earliest] of this.kept) {
      if (this.bytes <= MOST_BYTES) break;
      this.forget(earliest);
    }
    this.timer ??= setTimeout(() => this.sweep(), KEPT_MS).unref();
  }

  private sweep(): void {
    this.timer = undefined;
    const now = Date.now();
    for (const [answer, { until }] of this.kept) {
      if (until <= now) this.forget(answer);
      else this.timer ??= setTimeout(() => this.sweep(), until - now).unref();
    }
  }

  private forget(answer: object): void {
    this.bytes -= this.kept.get(answer)?.bytes.length ?? 0;
    this.kept.delete(answer);
  }
}

export const keptAnswers = new KeptAnswers();
