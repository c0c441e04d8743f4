import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AppError } from '../../platform/errors/app-error.js';
import type { ErrorPresenters } from '../../platform/http/error-presenter.js';
import { goneSignal } from '../../platform/http/server-sent-events.js';
import type { AnswerTarget } from '../gateway/answer-target.js';
import type { JsonObject } from '../json.js';

export const RECEIPT_HEADER = 'x-redoubt-receipt';

/** An answer over HTTP. Streams are written on the connection itself, so that each part costs no more than it must. */
export class AnswerReply implements AnswerTarget {
  readonly gone: AbortSignal;
  private readonly response: ServerResponse;
  private hasBegun = false;

  constructor(
    private readonly request: FastifyRequest,
    private readonly reply: FastifyReply,
    private readonly presenters: ErrorPresenters,
    private readonly status = 200,
  ) {
    this.gone = goneSignal(request);
    this.response = reply.raw;
  }

  begin(receiptId: string): void {
    this.hasBegun = true;
    for (const [name, value] of Object.entries(this.reply.getHeaders()))
      if (value !== undefined) this.response.setHeader(name, value);
    this.reply.hijack();
    this.response.writeHead(this.status, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
      [RECEIPT_HEADER]: receiptId,
    });
  }

  write(text: string): Promise<void> | undefined {
    if (this.gone.aborted || this.response.write(text)) return undefined;
    return this.drained();
  }

  end(receiptId: string): void {
    if (!this.hasBegun) this.begin(receiptId);
    this.response.end('data: [DONE]\n\n');
  }

  fail(error: AppError): void {
    if (!this.hasBegun) throw error;
    this.request.errorCode = error.code;
    const { body } = this.presenters.present(this.request.surface, error, this.request.id);
    this.response.end(`data: ${JSON.stringify(body)}\n\n`);
  }

  whole(answer: JsonObject, receiptId: string): void {
    void this.reply
      .header(RECEIPT_HEADER, receiptId)
      .header('content-type', 'application/json; charset=utf-8')
      .send(JSON.stringify(answer));
  }

  private drained(): Promise<void> {
    const { response, gone } = this;
    return new Promise((resolve) => {
      const settle = (): void => {
        response.off('drain', settle);
        gone.removeEventListener('abort', settle);
        resolve();
      };
      response.once('drain', settle);
      gone.addEventListener('abort', settle, { once: true });
      if (gone.aborted) settle();
    });
  }
}
