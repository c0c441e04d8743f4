import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { UpstreamFault } from './upstream-fault.js';

/** Bytes that wait for whoever reads the answer, before its server has to wait. */
const HIGH_WATER = 256 * 1024;

/** Longest waits in milliseconds: for the status line, between two bytes, for everything. */
export interface ExchangeLimits {
  readonly firstByteMs: number;
  readonly idleMs: number;
  readonly totalMs: number;
}

/** How it ended: all has come, a fault, or its client left. */
export type ExchangeEnd = 'complete' | 'left' | UpstreamFault;

/** Whoever wants to know how exchanges go. */
export interface ExchangeWatch {
  /** The status line of an answer has come. */
  answered(status: number): void;
  /** It is over; told once. @param status 0 when no answer had begun */
  ended(end: ExchangeEnd, status: number): void;
}

interface Waiting<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (reason: unknown) => void;
}

type Read = IteratorResult<Uint8Array, undefined>;

const OVER: Read = { done: true, value: undefined };

/**
 * One request to a model server and its answer. The answer's bytes are read by iterating over it, once; a server that is
 * faster than its reader has to wait. It ends exactly once, and leaves neither timer nor listener behind.
 */
export class Exchange implements Dispatcher.DispatchHandler, AsyncIterableIterator<Uint8Array> {
  status = 0;
  contentType: string | undefined;
  retryAfter: string | undefined;
  private controller: Dispatcher.DispatchController | undefined;
  private readonly chunks: Buffer[] = [];
  private waitingBytes = 0;
  private reader: Waiting<Read> | undefined;
  private head: Waiting<Exchange> | undefined;
  private end: ExchangeEnd | undefined;
  /** What its reader gets instead of an end; once. */
  private failure: { readonly reason: unknown } | undefined;
  private timer: NodeJS.Timeout | undefined;
  private readonly totalTimer: NodeJS.Timeout;
  private readonly onAbort = (): void => this.finish('left', { reason: this.signal.reason });

  constructor(
    private readonly limits: ExchangeLimits,
    private readonly signal: AbortSignal,
    private readonly watch: ExchangeWatch,
  ) {
    this.timer = setTimeout(() => this.late(), limits.firstByteMs);
    this.totalTimer = setTimeout(() => this.fail('total', 'TOTAL_TIMEOUT'), limits.totalMs);
    if (signal.aborted) this.onAbort();
    else signal.addEventListener('abort', this.onAbort);
  }

  /** Resolves once the status line is there. @throws UpstreamFault, or what the signal was aborted with */
  answered(): Promise<this> {
    if (this.failure) return Promise.reject(this.failure.reason);
    if (this.status > 0) return Promise.resolve(this);
    return new Promise((resolve, reject) => {
      this.head = { resolve: () => resolve(this), reject };
    });
  }

  /** Ends it at once, whatever has come: the connection is torn. Afterwards there is nothing more to read. */
  cancel(): void {
    this.finish('left', undefined);
  }

  next(): Promise<Read> {
    const chunk = this.chunks.shift();
    if (chunk) {
      this.waitingBytes -= chunk.length;
      if (this.waitingBytes < HIGH_WATER && this.controller?.paused) this.goOn(this.controller);
      return Promise.resolve({ done: false, value: chunk });
    }
    if (this.failure) {
      const { reason } = this.failure;
      this.failure = undefined;
      return Promise.reject(reason);
    }
    if (this.end) return Promise.resolve(OVER);
    if (this.reader) return Promise.reject(new Error('an answer is read by one reader, one read at a time'));
    return new Promise((resolve, reject) => {
      this.reader = { resolve, reject };
    });
  }

  return(): Promise<Read> {
    this.cancel();
    return Promise.resolve(OVER);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    // It ended before it had a connection.
    if (this.end) controller.abort(new Error('left'));
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    // 1xx: the answer is still to come.
    if (status < 200 || this.end) return;
    this.status = status;
    this.contentType = headers['content-type'];
    this.retryAfter = headers['retry-after'];
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.late(), this.limits.idleMs);
    this.watch.answered(status);
    this.head?.resolve(this);
    this.head = undefined;
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.end) return;
    this.timer?.refresh();
    if (this.reader) {
      const { resolve } = this.reader;
      this.reader = undefined;
      resolve({ done: false, value: chunk });
      return;
    }
    this.chunks.push(chunk);
    this.waitingBytes += chunk.length;
    if (this.waitingBytes >= HIGH_WATER) controller.pause();
  }

  onResponseEnd(): void {
    this.finish('complete', undefined);
  }

  onResponseError(_: unknown, error: Error): void {
    const kind = this.status > 0 ? 'cut' : 'connection';
    const fault = UpstreamFault.of(kind, error);
    this.finish(fault, { reason: fault });
  }

  private goOn(controller: Dispatcher.DispatchController): void {
    this.timer?.refresh();
    controller.resume();
  }

  /** No byte has come in time. While the reader is what everything waits for, that is no fault of the server. */
  private late(): void {
    if (this.status > 0) {
      if (this.controller?.paused) this.timer?.refresh();
      else this.fail('idle', 'IDLE_TIMEOUT');
    } else if (this.controller) this.fail('first_byte', 'FIRST_BYTE_TIMEOUT');
    else this.fail('connection', 'CONNECT_TIMEOUT');
  }

  private fail(kind: UpstreamFault['kind'], code: string): void {
    const fault = new UpstreamFault(kind, code);
    this.finish(fault, { reason: fault });
  }

  /** Bytes that have come before a fault can still be read; those of an exchange that was left cannot. */
  private finish(end: ExchangeEnd, failure: { readonly reason: unknown } | undefined): void {
    if (this.end) return;
    this.end = end;
    this.failure = failure;
    clearTimeout(this.timer);
    clearTimeout(this.totalTimer);
    this.signal.removeEventListener('abort', this.onAbort);
    if (end === 'left') this.chunks.length = 0;
    if (end !== 'complete') this.controller?.abort(new Error('ended'));
    this.watch.ended(end, this.status);
    this.settle();
  }

  /** Tells whoever waits. */
  private settle(): void {
    const [head, reader] = [this.head, this.reader];
    this.head = undefined;
    this.reader = undefined;
    if (head) head.reject(this.failure?.reason ?? new UpstreamFault('cut', 'LEFT'));
    if (!reader) return;
    const { failure } = this;
    this.failure = undefined;
    if (failure) reader.reject(failure.reason);
    else reader.resolve(OVER);
  }
}
