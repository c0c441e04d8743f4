import { Injectable } from '@nestjs/common';
import { ShieldConversations } from '../../completions/index.js';
import { OrganizationContents } from '../../organizations/index.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { ProjectsRepository } from '../../projects/index.js';
import { ChatsRepository } from '../chats.repository.js';
import { ChatSharesRepository } from './chat-shares.repository.js';

/**
 * What chats mean to the end of somebody's membership: theirs were for them alone, and go with them. Those in a project under legal
 * hold stay as long as the project: nobody reads them but by a break-glass.
 */
@Injectable()
export class OrganizationChats extends OrganizationContents {
  constructor(
    private readonly chats: ChatsRepository,
    private readonly shares: ChatSharesRepository,
    private readonly conversations: ShieldConversations.Conversations,
    private readonly projects: ProjectsRepository,
  ) {
    super();
  }

  async assertErasable(): Promise<void> {
    // Nothing of chats has to stay.
  }

  async memberLeft(organizationId: string, userId: string, tx: Tx): Promise<void> {
    await this.shares.deleteOfUser(organizationId, userId, tx);
    const held = new Set<string>();
    const chats = await this.chats.listConversations(organizationId, userId, tx);
    for (const projectId of new Set(chats.flatMap((chat) => chat.projectId ?? []))) {
      const project = await this.projects.find(organizationId, projectId, tx);
      if (project?.legalHold) held.add(projectId);
    }
    const ids = chats.filter(({ projectId }) => !held.has(projectId ?? '')).map(({ id }) => id);
    if (ids.length > 0) await this.conversations.forget(organizationId, ids, tx);
  }
}
