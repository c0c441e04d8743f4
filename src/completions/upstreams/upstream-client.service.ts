import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { AppError } from '../../platform/errors/app-error.js';
import { retryAfterMs } from '../../platform/http/retry-after.js';
import { completionsError } from '../completions.errors.js';
import { AnswerBody } from './answer-body.js';
import type { Exchange } from './exchange.js';
import { readUpTo } from './read-body.js';
import { RetryPlan } from './retry-plan.js';
import type { Upstream } from './upstream.js';
import { UpstreamDirectory } from './upstream-directory.service.js';
import { faultError, isPassing, isRefusal, refusalError, statusError } from './upstream-errors.js';
import { UpstreamFault } from './upstream-fault.js';
import type { UpstreamLink, UpstreamOperation } from './upstream-link.js';

/** Longest error body that is read, and how long that may take. */
const MOST_ERROR_BYTES = 64 * 1024;
const ERROR_MS = 2_000;

/** What is asked for. */
export interface UpstreamRequest {
  /** A completion unless told. */
  readonly operation?: UpstreamOperation;
  /** Whom to ask, in this order: what the router says. */
  readonly candidates: readonly Upstream[];
  /** The exact bytes that leave. */
  readonly body: Buffer;
  readonly stream: boolean;
  /** Ends everything at once. */
  readonly signal: AbortSignal;
  readonly requestId: string;
}

/** An answer that has begun. Whoever has it reads its body to the end, or cancels it. */
export interface UpstreamAnswer {
  readonly upstream: Upstream;
  /** Requests that were made for it, this one included. */
  readonly attempts: number;
  /** 200 to 299. */
  readonly status: number;
  readonly contentType: string | undefined;
  /**
   * To be read once. The model server waits for its reader.
   * @throws AppError UPSTREAM_CUT, UPSTREAM_TIMEOUT; what the signal was aborted with
   */
  readonly body: AsyncIterableIterator<Uint8Array>;
  /** Tears the connection; the body has nothing more then. */
  cancel(): void;
}

/** A request that was not answered, for a reason that may pass. */
interface Failure {
  readonly error: AppError;
  readonly waitMs: number | undefined;
}

/**
 * Sends completions to model servers. As long as no answer has begun it tries again, here or elsewhere, what may go better
 * the next time; what has begun to be answered is never sent twice.
 */
@Injectable()
export class UpstreamClient {
  constructor(private readonly directory: UpstreamDirectory) {}

  /** Requests under way, answers that are being read included. */
  get activeRequests(): number {
    return this.directory.activeRequests;
  }

  /**
   * @throws AppError UPSTREAM_REFUSED, UPSTREAM_RATE_LIMITED, UPSTREAM_UNAVAILABLE, UPSTREAM_TIMEOUT, with the number of
   *   requests made as {@link attemptsOf} tells; what the signal was aborted with
   */
  async send(request: UpstreamRequest): Promise<UpstreamAnswer> {
    const links = this.linksOf(request.candidates);
    if (links.length === 0) throw completionsError('UPSTREAM_UNAVAILABLE', { retryAfterSeconds: 1 });
    const startedAt = performance.now();
    const plan = new RetryPlan(links);
    const failures: AppError[] = [];
    for (let turn = plan.next(startedAt); turn; turn = plan.next(performance.now())) {
      const { candidate: link, waitMs } = turn;
      if (waitMs > 0) await pause(waitMs, request.signal);
      const totalMs = link.upstream.totalSeconds * 1000 - (performance.now() - startedAt);
      const outcome = await this.attempt(link, request, totalMs).catch((error: unknown) => {
        throw noted(error, plan.attempts);
      });
      if ('error' in outcome) {
        failures.push(outcome.error);
        plan.failed(link, performance.now(), outcome.waitMs);
      } else {
        return answerOf(link.upstream, outcome, plan.attempts);
      }
    }
    throw noted(tellingOf(failures), plan.attempts);
  }

  /** Links of those that are still as they were when they were chosen. */
  private linksOf(candidates: readonly Upstream[]): UpstreamLink[] {
    return candidates
      .map((upstream) => this.directory.linkOf(upstream))
      .filter((link) => link !== undefined && !link.isClosed) as UpstreamLink[];
  }

  /** @throws AppError for what would not go better the next time */
  private async attempt(
    link: UpstreamLink,
    { operation, body, stream, signal, requestId }: UpstreamRequest,
    totalMs: number,
  ): Promise<Exchange | Failure> {
    if (totalMs <= 0) throw faultError(new UpstreamFault('total', 'TOTAL_TIMEOUT'));
    let exchange: Exchange;
    try {
      exchange = await link.complete({ operation, body, stream, signal, requestId, totalMs });
    } catch (error) {
      if (!(error instanceof UpstreamFault)) throw error;
      if (error.kind === 'connection' || error.kind === 'closed')
        return { error: faultError(error), waitMs: undefined };
      throw faultError(error);
    }
    return exchange.status >= 200 && exchange.status < 300 ? exchange : this.refused(link, exchange, signal);
  }

  private async refused(link: UpstreamLink, exchange: Exchange, signal: AbortSignal): Promise<Failure> {
    const { status } = exchange;
    if (isRefusal(status)) {
      const body = await readUpTo(exchange, MOST_ERROR_BYTES, ERROR_MS).catch(() => undefined);
      signal.throwIfAborted();
      throw refusalError(status, body, (text) => link.isTelling(text));
    }
    exchange.cancel();
    const waitMs = retryAfterMs(exchange.retryAfter, Date.now());
    const error = statusError(status, waitMs);
    if (!isPassing(status)) throw error;
    return { error, waitMs };
  }
}

const made = new WeakMap<object, number>();

/** How many requests were made in vain before an error that {@link UpstreamClient.send} has thrown; 0 for any other. */
export const attemptsOf = (error: unknown): number =>
  typeof error === 'object' && error !== null ? (made.get(error) ?? 0) : 0;

function noted(error: unknown, attempts: number): unknown {
  if (typeof error === 'object' && error !== null) made.set(error, attempts);
  return error;
}

/** A model server that only has too much to do says when to come back: that helps more than that others are away. */
const tellingOf = (failures: readonly AppError[]): AppError | undefined =>
  failures.filter(({ code }) => code === 'UPSTREAM_RATE_LIMITED').sort(byWait)[0] ?? failures.at(-1);

const byWait = (a: AppError, b: AppError): number => (a.retryAfterSeconds ?? 0) - (b.retryAfterSeconds ?? 0);

function answerOf(upstream: Upstream, exchange: Exchange, attempts: number): UpstreamAnswer {
  const { status, contentType } = exchange;
  const body = new AnswerBody(exchange);
  return { upstream, attempts, status, contentType, body, cancel: () => exchange.cancel() };
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {});
  signal.throwIfAborted();
}
