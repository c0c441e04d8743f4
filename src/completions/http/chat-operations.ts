import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ErrorPresenters } from '../../platform/http/error-presenter.js';
import type { Caller } from '../../platform/http/request-context.js';
import type { ChatTurn } from '../chat-turns.js';
import { CompletionLookUps } from '../gateway/completion-look-ups.service.js';
import { CompletionProjects } from '../gateway/completion-projects.service.js';
import { CompletionsService } from '../gateway/completions.service.js';
import { CompletionPreviews } from '../gateway/previews.service.js';
import { projectHeader } from '../gateway/project-header.js';
import { StoredChats } from '../gateway/stored-chats.service.js';
import { readChatRequest } from '../protocol/chat-request.js';
import { AnswerReply } from './answer-reply.js';
import type { CompletionPreviewDto } from './completion-preview.dto.js';

/** Bodies carry whole conversations. */
export const CHAT_BODY_LIMIT = 20 * 2 ** 20;

/** The policy is that of the project which the request names, else of the one its chat belongs to. */
const projectOf = (request: FastifyRequest, turn: ChatTurn | undefined): string | undefined =>
  projectHeader(request) ?? turn?.projectId;

/** The operations of chats, for the surfaces that have them. */
@Injectable()
export class ChatOperations {
  constructor(
    private readonly completions: CompletionsService,
    private readonly previews: CompletionPreviews,
    private readonly projects: CompletionProjects,
    private readonly turns: StoredChats,
    private readonly lookUps: CompletionLookUps,
    private readonly presenters: ErrorPresenters,
  ) {}

  async complete(caller: Caller, body: unknown, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const chat = readChatRequest(body);
    const turn = await this.turns.begin(caller, chat);
    const projectId = await this.projects.projectOf(caller.principal, projectOf(request, turn));
    const target = new AnswerReply(request, reply, this.presenters);
    const lookedUp = this.lookUps.take(request, caller.principal, projectId);
    await this.completions.complete(caller, chat, projectId, target, { turn, lookedUp });
  }

  async preview(caller: Caller, body: unknown, request: FastifyRequest): Promise<CompletionPreviewDto> {
    const chat = readChatRequest(body);
    const turn = await this.turns.begin(caller, chat);
    const projectId = await this.projects.projectOf(caller.principal, projectOf(request, turn));
    return this.previews.preview(caller, chat, projectId, turn);
  }
}
