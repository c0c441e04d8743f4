import { Injectable } from '@nestjs/common';
import { type Condition, listRows, type RowQuery } from '../platform/database/list-rows.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { Listed, Listing, Position } from '../platform/http/listing.js';
import type { ChatFilter, ChatRow, NewChat } from './chat.js';
import type { ChatReach } from './chat-reach.policy.js';

const COLUMNS = `c.id, c.organization_id AS "organizationId", c.project_id AS "projectId", c.user_id AS "userId",
  c.conversation_id AS "conversationId", c.scope_id AS "scopeId", c.head_sealed AS "headSealed",
  c.head_version AS "headVersion", c.titled, c.message_count AS "messageCount", c.share_count AS "shareCount",
  c.current_message_id AS "currentMessageId", c.version, c.created_at AS "createdAt", c.updated_at AS "updatedAt",
  c.archived_at AS "archivedAt"`;

const SORT: RowQuery['sort'] = {
  created_at: { column: 'c.created_at', type: 'timestamptz' },
  updated_at: { column: 'c.updated_at', type: 'timestamptz' },
};

const SHARED = 'EXISTS (SELECT FROM chat_shares s WHERE s.chat_id = c.id AND s.user_id = ?)';

function conditionsOf(reach: ChatReach, filter: ChatFilter): Condition[] {
  const { organizationId, userId, projectId, seesShared } = reach;
  const { overseen } = filter;
  const whose: Condition = overseen
    ? ['c.user_id <> ?', userId]
    : filter.isOfOthers
      ? [seesShared ? SHARED : 'false AND ?::text IS NULL', userId]
      : ['c.user_id = ?', userId];
  return [
    ['c.organization_id = ?', organizationId],
    whose,
    ['c.project_id = ANY(?)', overseen?.projectIds ?? undefined],
    ['c.project_id = ?', projectId],
    ['c.project_id = ?', filter.projectId],
    ['(c.archived_at IS NOT NULL) = ?', filter.archived],
    ['c.created_at >= ?', filter.from],
    ['c.created_at < ?', filter.to],
  ];
}

/** Which chats to walk through. */
export type WalkFilter = Omit<ChatFilter, 'isOfOthers'> & {
  /** Those that others share with the reader, beside their own. */
  readonly isSharedToo: boolean;
};

/** A chat with its place in a walk. */
export type PlacedChat = ChatRow & { readonly at: string };

@Injectable()
export class ChatsRepository {
  list(reach: ChatReach, filter: ChatFilter, listing: Listing, db: Tx): Promise<Listed<ChatRow>> {
    const where = conditionsOf(reach, filter);
    return listRows({ select: COLUMNS, from: 'chats c', where, sort: SORT, id: 'c.id' }, listing, db);
  }

  /** Newest first, after a position; without counting them all. */
  async listAfter(
    { organizationId, userId, projectId, seesShared }: ChatReach,
    filter: WalkFilter,
    after: Position | undefined,
    limit: number,
    db: Tx,
  ): Promise<PlacedChat[]> {
    return db.query(
      `SELECT ${COLUMNS}, c.created_at::text AS at FROM chats c
        WHERE c.organization_id = $1
          AND (c.user_id = $2 OR ($3 AND EXISTS (SELECT FROM chat_shares s WHERE s.chat_id = c.id AND s.user_id = $2)))
          AND ($4::text IS NULL OR c.project_id = $4) AND ($5::text IS NULL OR c.project_id = $5)
          AND ($6::boolean IS NULL OR (c.archived_at IS NOT NULL) = $6)
          AND ($7::timestamptz IS NULL OR c.created_at >= $7) AND ($8::timestamptz IS NULL OR c.created_at < $8)
          AND ($9::timestamptz IS NULL OR (c.created_at, c.id) < ($9, $10))
        ORDER BY c.created_at DESC, c.id DESC LIMIT $11`,
      [
        ...[organizationId, userId, seesShared && filter.isSharedToo, projectId ?? null],
        ...[filter.projectId ?? null, filter.archived ?? null, filter.from ?? null, filter.to ?? null],
        ...[after?.value ?? null, after?.id ?? '', limit],
      ],
    );
  }

  /** A chat that the reader may read: their own, or one that is shared with them. */
  async findReadable(
    { organizationId, userId, projectId, seesShared }: ChatReach,
    id: string,
    db: Tx,
  ): Promise<ChatRow | undefined> {
    const rows: ChatRow[] = await db.query(
      `SELECT ${COLUMNS} FROM chats c
        WHERE c.organization_id = $1 AND c.id = $2 AND ($3::text IS NULL OR c.project_id = $3)
          AND (c.user_id = $4 OR ($5 AND EXISTS (SELECT FROM chat_shares s WHERE s.chat_id = c.id AND s.user_id = $4)))`,
      [organizationId, id, projectId ?? null, userId, seesShared],
    );
    return rows[0];
  }

  async findOwn(reach: ChatReach, id: string, db: Tx): Promise<ChatRow | undefined> {
    return this.own(reach, id, '', db);
  }

  /** The same, and keeps others from changing it until the transaction ends. */
  lockOwn(reach: ChatReach, id: string, tx: Tx): Promise<ChatRow | undefined> {
    return this.own(reach, id, 'FOR UPDATE', tx);
  }

  async insert(chat: NewChat, tx: Tx): Promise<void> {
    const { id, organizationId, projectId, userId, conversationId, scopeId } = chat;
    await tx.query(
      `INSERT INTO chats (id, organization_id, project_id, user_id, conversation_id, scope_id, head_sealed, titled,
                          current_message_id, created_at, updated_at, archived_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        ...[id, organizationId, projectId, userId, conversationId, scopeId, chat.headSealed, chat.titled],
        ...[chat.currentMessageId, chat.createdAt, chat.updatedAt, chat.archivedAt],
      ],
    );
  }

  /** Adds a chat with its messages counted; false when the same import of its owner is there already. */
  async insertImported(
    chat: NewChat & Pick<ChatRow, 'messageCount'>,
    digest: Buffer,
    tx: Tx,
  ): Promise<boolean> {
    const { id, organizationId, projectId, userId, conversationId, scopeId } = chat;
    const rows = await tx.query(
      `INSERT INTO chats (id, organization_id, project_id, user_id, conversation_id, scope_id, head_sealed, titled,
                          current_message_id, created_at, updated_at, archived_at, message_count, import_digest)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
       ON CONFLICT (organization_id, user_id, import_digest) WHERE import_digest IS NOT NULL DO NOTHING RETURNING id`,
      [
        ...[id, organizationId, projectId, userId, conversationId, scopeId, chat.headSealed, chat.titled],
        ...[
          chat.currentMessageId,
          chat.createdAt,
          chat.updatedAt,
          chat.archivedAt,
          chat.messageCount,
          digest,
        ],
      ],
    );
    return rows.length > 0;
  }

  /** The chats of a user that are there of an import, by their digests in hexadecimal digits. */
  async findImported(
    { organizationId, userId }: Pick<ChatReach, 'organizationId' | 'userId'>,
    digests: readonly Buffer[],
    db: Tx,
  ): Promise<Map<string, string>> {
    const rows: { id: string; digest: string }[] = await db.query(
      `SELECT id, encode(import_digest, 'hex') AS digest FROM chats
        WHERE organization_id = $1 AND user_id = $2 AND import_digest = ANY($3::bytea[])`,
      [organizationId, userId, digests],
    );
    return new Map(rows.map(({ id, digest }) => [digest, id]));
  }

  /** Writes everything that can change of a chat whose row is locked. */
  async update(row: ChatRow, tx: Tx): Promise<void> {
    await tx.query(
      `UPDATE chats
          SET head_sealed = $3, head_version = $4, titled = $5, message_count = $6, share_count = $7,
              current_message_id = $8, version = $9, updated_at = $10, archived_at = $11
        WHERE organization_id = $1 AND id = $2`,
      [
        ...[row.organizationId, row.id, row.headSealed, row.headVersion, row.titled, row.messageCount],
        ...[row.shareCount, row.currentMessageId, row.version, row.updatedAt, row.archivedAt],
      ],
    );
  }

  /** Conversations of all chats of a user in an organization, and the projects they belong to. */
  listConversations(
    organizationId: string,
    userId: string,
    db: Tx,
  ): Promise<{ readonly id: string; readonly projectId: string | null }[]> {
    const sql = `SELECT conversation_id AS id, project_id AS "projectId" FROM chats
                  WHERE organization_id = $1 AND user_id = $2`;
    return db.query(sql, [organizationId, userId]);
  }

  /** A chat of anybody's in an organization, or in one project of it. */
  async findAny(
    { organizationId, projectId }: Pick<ChatReach, 'organizationId' | 'projectId'>,
    id: string,
    db: Tx,
  ): Promise<ChatRow | undefined> {
    const sql = `SELECT ${COLUMNS} FROM chats c
                  WHERE c.organization_id = $1 AND c.id = $2 AND ($3::text IS NULL OR c.project_id = $3)`;
    return (await db.query(sql, [organizationId, id, projectId ?? null]))[0];
  }

  private async own(
    { organizationId, userId, projectId }: ChatReach,
    id: string,
    lock: '' | 'FOR UPDATE',
    db: Tx,
  ): Promise<ChatRow | undefined> {
    const rows: ChatRow[] = await db.query(
      `SELECT ${COLUMNS} FROM chats c
        WHERE c.organization_id = $1 AND c.id = $2 AND c.user_id = $3 AND ($4::text IS NULL OR c.project_id = $4)
        ${lock}`,
      [organizationId, id, userId, projectId ?? null],
    );
    return rows[0];
  }
}
