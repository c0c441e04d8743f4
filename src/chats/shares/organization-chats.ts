import { Injectable } from '@nestjs/common';
import { ShieldConversations } from '../../completions/index.js';
import { OrganizationContents } from '../../organizations/index.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { ChatsRepository } from '../chats.repository.js';
import { ChatSharesRepository } from './chat-shares.repository.js';

/** What chats mean to the end of somebody's membership: theirs were for them alone, and go with them. */
@Injectable()
export class OrganizationChats extends OrganizationContents {
  constructor(
    private readonly chats: ChatsRepository,
    private readonly shares: ChatSharesRepository,
    private readonly conversations: ShieldConversations.Conversations,
  ) {
    super();
  }

  async assertErasable(): Promise<void> {
    // Nothing of chats has to stay.
  }

  async memberLeft(organizationId: string, userId: string, tx: Tx): Promise<void> {
    await this.shares.deleteOfUser(organizationId, userId, tx);
    const ids = await this.chats.listConversations(organizationId, userId, tx);
    if (ids.length > 0) await this.conversations.forget(organizationId, ids, tx);
  }
}
