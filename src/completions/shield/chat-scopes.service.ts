import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/http/ids.js';
import { TokenScoping } from '../../redaction/index.js';
import {
  type ChatOwner,
  ConversationsRepository,
  type StoredConversation,
} from './conversations.repository.js';
import { ShieldKeys } from './shield-keys.service.js';

interface Remembered {
  readonly conversation: StoredConversation;
  readonly readAt: number;
}

/** How long a process takes a conversation for granted, in milliseconds: much less than one is kept unused. */
const FRESH_MS = 60_000;
const MOST_REMEMBERED = 10_000;

/** Finds and makes the conversations behind what clients call their chats. */
@Injectable()
export class ChatScopes {
  private readonly remembered = new Map<string, Remembered>();

  constructor(
    private readonly repository: ConversationsRepository,
    private readonly scopes: TokenScoping.TokenScopes,
    private readonly keys: ShieldKeys,
    private readonly unitOfWork: UnitOfWork,
    private readonly dataSource: DataSource,
  ) {}

  /** Undefined when there is none of that name. Notes its use, so that it is kept, unless that is to leave no trace. */
  async find(
    owner: ChatOwner,
    chatId: string,
    leavesTrace: boolean,
  ): Promise<StoredConversation | undefined> {
    const reference = await this.keys.referenceOf(owner, chatId);
    const slot = slotOf(owner, reference);
    const known = this.remembered.get(slot);
    if (known && performance.now() - known.readAt < FRESH_MS) return known.conversation;
    const readAt = performance.now();
    const found = await this.repository.find(owner, reference, this.dataSource.manager);
    if (!found) return undefined;
    const { isStale, ...conversation } = found;
    if (!isStale) return this.remember(slot, conversation, readAt);
    if (!leavesTrace) return conversation;
    const isThere = await this.repository.touch(owner.organizationId, found.id, this.dataSource.manager);
    return isThere ? this.remember(slot, conversation, readAt) : undefined;
  }

  /** The same, made now if there is none. */
  async open(owner: ChatOwner, chatId: string): Promise<StoredConversation> {
    const found = await this.find(owner, chatId, true);
    if (found) return found;
    const reference = await this.keys.referenceOf(owner, chatId);
    await this.unitOfWork.run(async (tx) => {
      const { scopeId } = await this.scopes.create(owner.organizationId, tx);
      const made = { id: newId('conv'), scopeId };
      const isFirst = await this.repository.insert(owner, reference, made, tx);
      if (!isFirst) await this.scopes.delete(owner.organizationId, [scopeId], tx);
    });
    return this.open(owner, chatId);
  }

  keep(organizationId: string, id: string, tx: Tx): Promise<boolean> {
    return this.repository.keep(organizationId, id, tx);
  }

  async forget(organizationId: string, ids: readonly string[], tx: Tx): Promise<void> {
    const deleted = await this.repository.delete(organizationId, ids, tx);
    const scopeIds = deleted.map(({ scopeId }) => scopeId);
    if (scopeIds.length > 0) await this.scopes.delete(organizationId, scopeIds, tx);
  }

  private remember(slot: string, conversation: StoredConversation, readAt: number): StoredConversation {
    if (this.remembered.size >= MOST_REMEMBERED) this.remembered.clear();
    this.remembered.set(slot, { conversation, readAt });
    return conversation;
  }
}

const slotOf = ({ organizationId, userId }: ChatOwner, reference: Buffer): string =>
  `${organizationId}/${userId}/${reference.toString('latin1')}`;
