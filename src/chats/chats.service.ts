import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { platformError } from '../platform/errors/app-error.js';
import type { Listed, Listing } from '../platform/http/listing.js';
import type { Caller } from '../platform/http/request-context.js';
import type { Chat, ChatFilter, ChatRow } from './chat.js';
import { ChatNewsWriter, type MoreNews } from './chat-news.service.js';
import { reachOf } from './chat-reach.policy.js';
import { ChatsRepository } from './chats.repository.js';
import { OpenedChats } from './opened-chats.service.js';
import { ChatOverseers, coveringOf, detailsOf } from './oversight/chat-overseers.service.js';

/** Reading chats. */
@Injectable()
export class ChatsService {
  constructor(
    private readonly repository: ChatsRepository,
    private readonly opened: OpenedChats,
    private readonly news: ChatNewsWriter,
    private readonly overseers: ChatOverseers,
    private readonly dataSource: DataSource,
  ) {}

  /** Of somebody else's chat it is put on record. @throws AppError NOT_FOUND */
  async getChat(caller: Caller, id: string): Promise<Chat> {
    return this.opened.readableChat(await this.getReadable(caller, id, { isContentRead: true }));
  }

  /** Chats of others that an emergency opens to the caller, each on record before it is answered. */
  async listOverseen(
    caller: Caller,
    filter: Omit<ChatFilter, 'overseen'>,
    listing: Listing,
  ): Promise<Listed<Chat>> {
    const all = await this.overseers.all(caller.principal);
    const limited = all.flatMap(({ projectId }) => projectId ?? []);
    const projectIds = limited.length < all.length ? null : limited;
    const listed = await this.listChats(caller, { ...filter, overseen: { projectIds } }, listing);
    for (const chat of listed.rows) {
      const overseeing = coveringOf(all, chat);
      if (!overseeing) throw platformError('NOT_FOUND');
      const details = detailsOf(overseeing);
      await this.news.tellAlone(caller, chat, 'chat.read', { subjectUserId: chat.userId, details });
    }
    return listed;
  }

  async listChats({ principal }: Caller, filter: ChatFilter, listing: Listing): Promise<Listed<Chat>> {
    const reach = reachOf(principal);
    const { rows, ...rest } = await this.repository.list(reach, filter, listing, this.dataSource.manager);
    const chats: Chat[] = [];
    for (const row of rows) chats.push(await this.opened.readableChat(row));
    return { ...rest, rows: chats };
  }

  /** The row of a chat of the caller's. @throws AppError NOT_FOUND */
  async getOwn({ principal }: Caller, id: string): Promise<ChatRow> {
    const row = await this.repository.findOwn(reachOf(principal), id, this.dataSource.manager);
    if (!row) throw platformError('NOT_FOUND');
    return row;
  }

  /**
   * The row of a chat that the caller may read. Reading what is said in somebody else's is on record before it is answered.
   * @throws AppError NOT_FOUND
   */
  async getReadable(
    caller: Caller,
    id: string,
    { isContentRead }: { readonly isContentRead: boolean },
  ): Promise<ChatRow> {
    const { row, foreign } = await this.findReadable(caller, id);
    if (isContentRead && foreign) await this.news.tellAlone(caller, row, 'chat.read', foreign);
    return row;
  }

  /**
   * The same, with what is to be put on record where it is somebody else's.
   * @throws AppError NOT_FOUND
   */
  async findReadable(
    { principal }: Caller,
    id: string,
  ): Promise<{ readonly row: ChatRow; readonly foreign: MoreNews | undefined }> {
    const { manager } = this.dataSource;
    const reach = reachOf(principal);
    const row = await this.repository.findReadable(reach, id, manager);
    if (row)
      return { row, foreign: row.userId === principal.userId ? undefined : { subjectUserId: row.userId } };
    if (principal.systemRole !== 'admin') throw platformError('NOT_FOUND');
    const other = await this.repository.findAny(reach, id, manager);
    const overseeing = other && (await this.overseers.over(principal, other));
    if (!overseeing) throw platformError('NOT_FOUND');
    return { row: other, foreign: { subjectUserId: other.userId, details: detailsOf(overseeing) } };
  }
}
