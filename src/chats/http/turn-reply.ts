import type { FastifyReply, FastifyRequest } from 'fastify';
import { AnswerReplying } from '../../completions/index.js';
import type { ErrorPresenters } from '../../platform/http/error-presenter.js';

/** Says which chat an answer belongs to, before the answer itself. */
export const CHAT_HEADER = 'x-redoubt-chat';

/** Streams go to the client as completions do; a whole answer is shown by whoever asked for it. */
export class TurnReply extends AnswerReplying.AnswerReply {
  constructor(request: FastifyRequest, reply: FastifyReply, presenters: ErrorPresenters, chatId: string) {
    super(request, reply, presenters, 201);
    void reply.header(CHAT_HEADER, chatId);
    this.head = reply;
  }

  private readonly head: FastifyReply;

  override whole(_: unknown, receiptId: string): void {
    void this.head.header(AnswerReplying.RECEIPT_HEADER, receiptId);
  }
}
