import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { invalidField } from '../../platform/errors/app-error.js';
import { parseDateRange } from '../../platform/http/date-range.js';
import type { IfMatch } from '../../platform/http/etag.js';
import { listEnvelope, listingOf } from '../../platform/http/listing.js';
import type { Caller } from '../../platform/http/request-context.js';
import { Writes } from '../../platform/idempotency/writes.js';
import type { ChatHead, ChatRow } from '../chat.js';
import { ChatChangesService, ChatTitles } from '../chat-changes.service.js';
import { ChatsService } from '../chats.service.js';
import { Answering } from '../messages/answering.service.js';
import { OpenedChats } from '../opened-chats.service.js';
import type { ChatDto, ChatListDto, ChatQuery, UpdateChatDto } from './chat.dto.js';
import { presentChat } from './chat.presenter.js';

const CHANGEABLE = ['title', 'model', 'current_message_id'] as const;

/** Chats as clients read and change them. */
@Injectable()
export class ChatDesk {
  constructor(
    private readonly chats: ChatsService,
    private readonly changes: ChatChangesService,
    private readonly titles: ChatTitles,
    private readonly opened: OpenedChats,
    private readonly answering: Answering,
    private readonly writes: Writes,
  ) {}

  async getChat(caller: Caller, id: string): Promise<ChatDto> {
    return presentChat(await this.chats.getChat(caller, id));
  }

  async listChats(caller: Caller, query: ChatQuery): Promise<ChatListDto> {
    const listing = listingOf(query);
    const { created_after, created_before, archived, project_id: projectId, shared_with_me } = query;
    const range = parseDateRange(['created_after', created_after], ['created_before', created_before]);
    const filter = { ...range, archived, projectId, isOfOthers: shared_with_me };
    const listed = query.break_glass
      ? await this.chats.listOverseen(caller, filter, listing)
      : await this.chats.listChats(caller, filter, listing);
    return listEnvelope(listed, listing, presentChat);
  }

  async updateChat(caller: Caller, id: string, body: UpdateChatDto, ifMatch: IfMatch): Promise<ChatDto> {
    if (CHANGEABLE.every((name) => body[name] === undefined)) {
      const message = `Give at least one of: ${CHANGEABLE.join(', ')}.`;
      throw invalidField('body', 'required', message, CHANGEABLE);
    }
    await this.answering.assertModel(caller, body.model);
    const title = body.title === undefined ? undefined : await this.titles.prepare(caller, id, body.title);
    const change = { title, model: body.model, currentMessageId: body.current_message_id };
    const { title: newTitle, model } = body;
    const shown = {
      ...(newTitle !== undefined && { title: newTitle }),
      ...(model !== undefined && { model }),
    };
    return this.changed(caller, id, shown, (tx) => this.changes.changeChat(caller, id, change, ifMatch, tx));
  }

  async deleteChat(caller: Caller, id: string, ifMatch: IfMatch): Promise<void> {
    await this.writes.run(caller, async (tx) => {
      await this.changes.deleteChat(caller, id, ifMatch, tx);
      return undefined;
    });
  }

  async setArchived(caller: Caller, id: string, archived: boolean, ifMatch: IfMatch): Promise<ChatDto> {
    return this.changed(caller, id, {}, (tx) => this.changes.setArchived(caller, id, archived, ifMatch, tx));
  }

  /** What a change leaves as it is is opened before its transaction, which then needs no second connection. */
  private async changed(
    caller: Caller,
    id: string,
    shown: Partial<ChatHead>,
    change: (tx: Tx) => Promise<ChatRow>,
  ): Promise<ChatDto> {
    const { title, model, isUnreadable } = await this.opened.readableChat(
      await this.chats.getOwn(caller, id),
    );
    return this.writes.run(caller, async (tx) =>
      presentChat({
        ...(await change(tx)),
        title,
        model,
        ...(isUnreadable && shown.title === undefined && { isUnreadable }),
        ...shown,
      }),
    );
  }
}
