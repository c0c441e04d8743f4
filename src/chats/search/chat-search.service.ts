import { Injectable } from '@nestjs/common';
import type { Listing, Position } from '../../platform/http/listing.js';
import type { Caller } from '../../platform/http/request-context.js';
import { EngineCooperation } from '../../redaction/index.js';
import type { Chat, ChatFilter } from '../chat.js';
import { ChatNewsWriter } from '../chat-news.service.js';
import { reachOf } from '../chat-reach.policy.js';
import { ChatWalk, positionOf } from '../chat-walk.service.js';
import type { PlacedChat } from '../chats.repository.js';
import { textOf } from '../messages/message.js';
import { MessagePages } from '../messages/message-pages.service.js';
import { OpenedChats } from '../opened-chats.service.js';
import { ChatMatch, type PlacedSnippet } from './chat-match.js';
import { folded } from './folding.js';

/** A search goes on for so long, and can be continued where it ended. */
const LONGEST_MS = 10_000;

/** A chat in which all that was searched occurs. */
export interface ChatHit {
  readonly chat: Chat;
  readonly snippets: readonly PlacedSnippet[];
}

export interface ChatHits {
  readonly rows: readonly ChatHit[];
  /** What of the chats that were searched does not open: messages, and titles. */
  readonly unreadable: number;
  /** The last chat that was searched, when there are more. */
  readonly next: Position | undefined;
}

/** Searches chats as their readers see them: each is opened, searched and let go before the next. */
@Injectable()
export class ChatSearch {
  constructor(
    private readonly chats: ChatWalk,
    private readonly pages: MessagePages,
    private readonly opened: OpenedChats,
    private readonly news: ChatNewsWriter,
  ) {}

  /**
   * The hits of one page, newest first. Those in chats of others are on record before they are answered.
   * @param terms as they are compared, at least one
   * @throws the signal's reason once the request has ended
   */
  async search(
    caller: Caller,
    terms: readonly string[],
    filter: Omit<ChatFilter, 'isOfOthers'>,
    { page, after }: Listing,
  ): Promise<ChatHits> {
    const end = performance.now() + LONGEST_MS;
    const rows: ChatHit[] = [];
    let toSkip = after ? 0 : page.offset;
    let last: PlacedChat | undefined;
    let next: Position | undefined;
    let unreadable = 0;
    const reach = reachOf(caller.principal);
    for await (const row of this.chats.walk(reach, { ...filter, isSharedToo: true }, after)) {
      if (last && (rows.length === page.size || performance.now() > end)) {
        next = positionOf(last);
        break;
      }
      last = row;
      const found = await this.hitIn(caller, row, terms);
      unreadable += found.unreadable;
      const { hit } = found;
      if (!hit) continue;
      if (toSkip > 0) toSkip -= 1;
      else rows.push(hit);
    }
    await this.tellReads(caller, rows);
    return { rows, unreadable, next };
  }

  private async hitIn(
    { signal }: Caller,
    row: PlacedChat,
    terms: readonly string[],
  ): Promise<{ readonly hit: ChatHit | undefined; readonly unreadable: number }> {
    const pace = { signal };
    const match = new ChatMatch(terms);
    const chat = await this.opened.readableChat(row);
    let unreadable = chat.isUnreadable ? 1 : 0;
    match.add(null, chat.title, await EngineCooperation.runCooperatively(folded(chat.title), pace));
    for await (const page of this.pages.walk(row, pace)) {
      unreadable += page.unreadable;
      for (const { id, content } of page.messages) {
        const text = textOf(content);
        match.add(id, text, await EngineCooperation.runCooperatively(folded(text), pace));
        if (match.isSettled) return { hit: { chat, snippets: match.snippets }, unreadable };
      }
    }
    return { hit: match.isComplete ? { chat, snippets: match.snippets } : undefined, unreadable };
  }

  private async tellReads(caller: Caller, hits: readonly ChatHit[]): Promise<void> {
    for (const { chat } of hits) {
      if (chat.userId === caller.principal.userId) continue;
      await this.news.tellAlone(caller, chat, 'chat.read', { subjectUserId: chat.userId });
    }
  }
}
