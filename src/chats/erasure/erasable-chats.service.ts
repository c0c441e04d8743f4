import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ShieldConversations } from '../../completions/index.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import {
  ErasableContents,
  type ErasedPerson,
  type ErasureRun,
} from '../../platform/erasure/erasable-contents.js';
import { ErasedChatsRepository } from './erased-chats.repository.js';

/** Conversations that end in one transaction. */
const AT_A_TIME = 50;

/**
 * What somebody has of conversations and made for themself: chats with their messages and tokens, private prompts and
 * assistants, shares. Chats in projects under legal hold stay, and so does what was made for the team.
 */
@Injectable()
export class ErasableChats extends ErasableContents {
  constructor(
    private readonly repository: ErasedChatsRepository,
    private readonly conversations: ShieldConversations.Conversations,
    private readonly unitOfWork: UnitOfWork,
    private readonly dataSource: DataSource,
  ) {
    super();
  }

  override async eraseUser({ id: userId }: ErasedPerson, run: ErasureRun): Promise<void> {
    const { organizationId, isRehearsal, signal } = run;
    if (isRehearsal) {
      const counts = await this.repository.count(organizationId, userId, this.dataSource.manager);
      for (const [kind, count] of Object.entries(counts)) await run.note(kind, count);
      return;
    }
    for (let ended = AT_A_TIME; ended === AT_A_TIME; ) {
      signal.throwIfAborted();
      ended = await this.endSome(userId, run);
    }
    await this.unitOfWork.run(async (tx) => {
      const counts = await this.repository.deleteOwn(organizationId, userId, tx);
      for (const [kind, count] of Object.entries(counts)) await run.note(kind, count, tx);
    });
  }

  private endSome(userId: string, run: ErasureRun): Promise<number> {
    const { organizationId } = run;
    return this.unitOfWork.run(async (tx) => {
      const found = await this.repository.lockConversations(organizationId, userId, AT_A_TIME, tx);
      const ids = found.map(({ id }) => id);
      await this.conversations.forget(organizationId, ids, tx);
      await run.note('chats', found.filter(({ isChat }) => isChat).length, tx);
      await run.note('conversations', found.filter(({ isChat }) => !isChat).length, tx);
      return ids.length;
    });
  }
}
