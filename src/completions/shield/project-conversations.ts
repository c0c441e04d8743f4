import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { ProjectContents, type ProjectOwner } from '../../projects/index.js';
import { TokenScoping } from '../../redaction/index.js';
import { ConversationsRepository } from './conversations.repository.js';

/** What goes with a project: its conversations and their tokens. */
@Injectable()
export class ProjectConversations extends ProjectContents {
  constructor(
    private readonly conversations: ConversationsRepository,
    private readonly scopes: TokenScoping.TokenScopes,
  ) {
    super();
  }

  async delete({ organizationId, projectId }: ProjectOwner, tx: Tx): Promise<void> {
    const deleted = await this.conversations.deleteOfProject(organizationId, projectId, tx);
    const scopeIds = deleted.map(({ scopeId }) => scopeId);
    if (scopeIds.length > 0) await this.scopes.delete(organizationId, scopeIds, tx);
  }
}
