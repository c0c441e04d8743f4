import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { invalidField } from '../../platform/errors/app-error.js';
import { ErrorPresenters } from '../../platform/http/error-presenter.js';
import { etagOf } from '../../platform/http/etag.js';
import type { Caller } from '../../platform/http/request-context.js';
import { Writes } from '../../platform/idempotency/writes.js';
import { UNTITLED } from '../chat.js';
import { Answering } from '../messages/answering.service.js';
import { ChatBeginnings } from '../messages/chat-beginnings.service.js';
import type { AddMessageDto, CreateChatDto, CreatedChatDto, TurnDto } from './chat.dto.js';
import { presentChat, presentMessage } from './chat.presenter.js';
import { TurnReply } from './turn-reply.js';

/** What is written to chats: their beginnings, and what is said in them. */
@Injectable()
export class TurnDesk {
  constructor(
    private readonly answering: Answering,
    private readonly beginnings: ChatBeginnings,
    private readonly presenters: ErrorPresenters,
    private readonly writes: Writes,
  ) {}

  /** Answers by itself. */
  async createChat(
    caller: Caller,
    body: CreateChatDto,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    if (body.message === undefined) return this.createEmpty(caller, body, reply);
    if (caller.idempotencyKey !== undefined) {
      const message = 'A model answers anew each time: an Idempotency-Key is for chats without a message.';
      throw invalidField('Idempotency-Key', 'unsupported', message);
    }
    const { title, model, project_id: _, message, ...options } = body;
    const place = await this.beginnings.place(caller, body.project_id);
    const fresh = { title, model: model ?? null, createdAt: new Date() };
    const asked = this.answering.begin(caller, place, fresh, message, options);
    await this.answering.answer(caller, asked, new TurnReply(request, reply, this.presenters, place.id));
    if (options.stream) return;
    const { chat, message: said, answer } = await this.answering.outcomeOf(asked.turn);
    const created: CreatedChatDto = {
      ...presentChat(chat),
      ...(said && { message: presentMessage(said) }),
      answer: presentMessage(answer),
    };
    void reply.status(201).header('etag', etagOf(chat.version)).send(created);
  }

  /** Answers by itself. */
  async addMessage(
    caller: Caller,
    id: string,
    { content, parent_id: parentId, ...options }: AddMessageDto,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const asked = await this.answering.continue(caller, id, { content, parentId, ...options });
    await this.answering.answer(caller, asked, new TurnReply(request, reply, this.presenters, id));
    if (options.stream) return;
    const { chat, message, answer } = await this.answering.outcomeOf(asked.turn);
    const turn: TurnDto = {
      chat: presentChat(chat),
      message: message ? presentMessage(message) : null,
      answer: presentMessage(answer),
    };
    void reply.status(201).send(turn);
  }

  private async createEmpty(caller: Caller, body: CreateChatDto, reply: FastifyReply): Promise<void> {
    const { title, model } = body;
    const early = (['tool_ids', 'knowledge_ids'] as const).find((name) => body[name] !== undefined);
    if (early) {
      const message = `'${early}' is for an answer: give a 'message' to begin with, or name them with each message.`;
      throw invalidField(early, 'unsupported', message);
    }
    await this.answering.assertModel(caller, model);
    const place = await this.beginnings.place(caller, body.project_id);
    const made = await this.beginnings.prepare(caller, place, { title, model: model ?? null });
    const chat = await this.writes.run(caller, async (tx) => {
      const row = await made(tx);
      return presentChat({ ...row, title: title ?? UNTITLED, model: model ?? null });
    });
    void reply.status(201).header('etag', etagOf(chat.version)).send(chat);
  }
}
