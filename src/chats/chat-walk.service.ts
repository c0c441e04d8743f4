import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Position } from '../platform/http/listing.js';
import type { ChatReach } from './chat-reach.policy.js';
import { ChatsRepository, type PlacedChat, type WalkFilter } from './chats.repository.js';

/** Rows of chats that are read at a time. */
const AT_A_TIME = 100;

/** Walks through somebody's chats, newest first, some of their rows at a time. */
@Injectable()
export class ChatWalk {
  constructor(
    private readonly repository: ChatsRepository,
    private readonly dataSource: DataSource,
  ) {}

  async *walk(reach: ChatReach, filter: WalkFilter, after?: Position): AsyncGenerator<PlacedChat> {
    let position = after;
    for (;;) {
      const rows = await this.repository.listAfter(
        reach,
        filter,
        position,
        AT_A_TIME,
        this.dataSource.manager,
      );
      yield* rows;
      const last = rows.at(-1);
      if (!last || rows.length < AT_A_TIME) return;
      position = positionOf(last);
    }
  }
}

export const positionOf = ({ at, id }: PlacedChat): Position => ({ value: at, id });
