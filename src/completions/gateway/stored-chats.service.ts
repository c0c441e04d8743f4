import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Caller } from '../../platform/http/request-context.js';
import { findProviders } from '../../platform/providers/find-providers.js';
import { type ChatTurn, ChatTurns } from '../chat-turns.js';
import type { ChatRequest } from '../protocol/chat-request.js';

/** Ids of stored chats; any other name is a client's own. */
const STORED = 'chat_';

/** Tells requests that belong to a stored chat from those that only share the tokens of a conversation. */
@Injectable()
export class StoredChats {
  private turns: ChatTurns | undefined;

  constructor(private readonly discovery: DiscoveryService) {}

  /** Undefined for a request of no stored chat. @throws AppError NOT_FOUND, CHAT_ARCHIVED */
  async begin(caller: Caller, request: ChatRequest): Promise<ChatTurn | undefined> {
    const { chatId } = request;
    if (!chatId?.startsWith(STORED)) return undefined;
    this.turns ??= findProviders(this.discovery, ChatTurns)[0];
    return this.turns?.begin(caller, chatId, request);
  }
}
