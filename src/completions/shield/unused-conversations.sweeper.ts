import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { PeriodicWork } from '../../platform/leader/periodic-work.js';
import { TokenScoping } from '../../redaction/index.js';
import { ConversationsRepository } from './conversations.repository.js';

/** How long a conversation is kept that nobody uses. */
const UNUSED_DAYS = 30;
/** Conversations deleted in one transaction. */
const AT_ONCE = 100;

/** Forgets conversations that are over: their tokens, and the keys of the values they stood for. */
@Injectable()
export class UnusedConversations extends PeriodicWork {
  readonly name = 'conversations.forget';
  readonly everyMs = 600_000;

  constructor(
    private readonly conversations: ConversationsRepository,
    private readonly scopes: TokenScoping.TokenScopes,
    private readonly unitOfWork: UnitOfWork,
  ) {
    super();
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const deleted = await this.unitOfWork.run(async (tx) => {
        const unused = await this.conversations.deleteUnused(UNUSED_DAYS, AT_ONCE, tx);
        for (const { organizationId, scopeId } of unused)
          await this.scopes.delete(organizationId, [scopeId], tx);
        return unused.length;
      });
      if (deleted < AT_ONCE) return;
    }
  }
}
