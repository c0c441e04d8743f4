import { newId } from '../../platform/http/ids.js';
import type { ReceiptEnd } from '../receipts/receipt.js';
import type { UpstreamAnswer } from '../upstreams/upstream-client.service.js';
import { AnswerOutcome } from './answer-outcome.js';
import type { SaidAnswer } from './said-answer.js';

/** Most unresolved tokens that a receipt lists. */
const MOST_UNRESOLVED = 100;

interface Restoration {
  readonly restored: number;
  readonly unresolved: ReceiptEnd['unresolved'];
}

/** One completion from its beginning to its end, as its receipt will tell. */
export class CompletionRun {
  readonly receiptId = newId('rcpt');
  private readonly startedAt = performance.now();
  private firstByteAt: number | undefined;
  outcome = new AnswerOutcome();
  private restoration: Restoration = { restored: 0, unresolved: [] };
  private upstream: ReceiptEnd['upstream'];
  attempts = 0;
  /** What the answer says, where a chat keeps it. */
  said: SaidAnswer | undefined;

  get hasBegun(): boolean {
    return this.firstByteAt !== undefined;
  }

  /** The first part of an answer is there. */
  begins(): void {
    this.firstByteAt ??= performance.now();
  }

  answeredBy({ upstream, attempts }: UpstreamAnswer): void {
    this.upstream = { id: upstream.id, name: upstream.name };
    this.attempts += attempts;
  }

  /** What was put back into an answer, or one of several on the way to it. */
  addRestoration({ restored, unresolved }: Restoration): void {
    const { restoration } = this;
    this.restoration = {
      restored: restoration.restored + restored,
      unresolved: [...restoration.unresolved, ...unresolved].slice(0, MOST_UNRESOLVED),
    };
  }

  end(status: ReceiptEnd['status'], errorCode?: string): ReceiptEnd {
    const { outcome, restoration, upstream, attempts, startedAt, firstByteAt } = this;
    return {
      status,
      upstream,
      answer: outcome.answer,
      restored: restoration.restored,
      unresolved: restoration.unresolved,
      usage: outcome.usage,
      finishReasons: outcome.finishReasons,
      attempts,
      errorCode,
      firstByteMs: firstByteAt === undefined ? undefined : Math.round(firstByteAt - startedAt),
      durationMs: Math.round(performance.now() - startedAt),
    };
  }
}
