import { Injectable } from '@nestjs/common';
import { listRows } from '../../platform/database/list-rows.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { ChatRef } from '../messages/messages.repository.js';
import type { ChatShare } from './chat-share.js';

const COLUMNS =
  'id, chat_id AS "chatId", user_id AS "userId", created_by AS "createdBy", created_at AS "createdAt"';
const SORT = { created_at: { column: 'created_at', type: 'timestamptz' } } as const;

@Injectable()
export class ChatSharesRepository {
  /** Undefined when there is one already. */
  async insert(
    { organizationId, id: chatId }: ChatRef,
    { id, userId, createdBy }: Pick<ChatShare, 'id' | 'userId' | 'createdBy'>,
    tx: Tx,
  ): Promise<ChatShare | undefined> {
    const rows = await tx.query(
      `INSERT INTO chat_shares (id, organization_id, chat_id, user_id, created_by) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (chat_id, user_id) DO NOTHING RETURNING ${COLUMNS}`,
      [id, organizationId, chatId, userId, createdBy],
    );
    return rows[0];
  }

  list({ organizationId, id }: ChatRef, listing: Listing, db: Tx): Promise<Listed<ChatShare>> {
    const where = [
      ['organization_id = ?', organizationId],
      ['chat_id = ?', id],
    ] as const;
    return listRows({ select: COLUMNS, from: 'chat_shares', where, sort: SORT }, listing, db);
  }

  /** Takes the share of one user away, or all of them; returns whose they were. */
  async delete({ organizationId, id }: ChatRef, userId: string | undefined, tx: Tx): Promise<string[]> {
    const [rows]: [{ userId: string }[]] = await tx.query(
      `DELETE FROM chat_shares WHERE organization_id = $1 AND chat_id = $2 AND ($3::text IS NULL OR user_id = $3)
       RETURNING user_id AS "userId"`,
      [organizationId, id, userId ?? null],
    );
    return rows.map(({ userId: whose }) => whose);
  }

  /** Takes away what others share with somebody in an organization. */
  async deleteOfUser(organizationId: string, userId: string, tx: Tx): Promise<void> {
    await tx.query(
      `WITH gone AS (DELETE FROM chat_shares WHERE organization_id = $1 AND user_id = $2 RETURNING chat_id)
       UPDATE chats SET share_count = share_count - 1, version = version + 1
        WHERE organization_id = $1 AND id IN (SELECT chat_id FROM gone)`,
      [organizationId, userId],
    );
  }
}
