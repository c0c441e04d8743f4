import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';

/** How many there are, by kind. */
type KindCounts = Readonly<Record<string, number>>;

const UNHELD = 'NOT EXISTS (SELECT FROM projects p WHERE p.id = c.project_id AND p.legal_hold)';
const IS_CHAT = 'EXISTS (SELECT FROM chats t WHERE t.conversation_id = c.id)';

/** What somebody has of chats, across their tables. */
@Injectable()
export class ErasedChatsRepository {
  /** Some of somebody's conversations, whether or not a chat is kept of them. */
  async lockConversations(
    organizationId: string,
    userId: string,
    limit: number,
    tx: Tx,
  ): Promise<{ readonly id: string; readonly isChat: boolean }[]> {
    return tx.query(
      `SELECT c.id, ${IS_CHAT} AS "isChat" FROM conversations c
        WHERE c.organization_id = $1 AND c.user_id = $2 AND ${UNHELD}
        ORDER BY c.id LIMIT $3 FOR UPDATE OF c`,
      [organizationId, userId, limit],
    );
  }

  async deleteOwn(organizationId: string, userId: string, tx: Tx): Promise<KindCounts> {
    const [row] = await tx.query(
      `WITH shares AS (DELETE FROM chat_shares WHERE organization_id = $1 AND user_id = $2),
            prompts AS (DELETE FROM prompts WHERE organization_id = $1 AND user_id = $2 AND visibility = 'private'
                        RETURNING id),
            assistants AS (DELETE FROM assistants WHERE organization_id = $1 AND user_id = $2 AND visibility = 'private'
                           RETURNING id)
       SELECT (SELECT count(*)::int FROM prompts) AS prompts, (SELECT count(*)::int FROM assistants) AS assistants`,
      [organizationId, userId],
    );
    return row;
  }

  async count(organizationId: string, userId: string, db: Tx): Promise<KindCounts> {
    const [row] = await db.query(
      `SELECT count(*) FILTER (WHERE ${IS_CHAT})::int AS chats, count(*) FILTER (WHERE NOT ${IS_CHAT})::int AS conversations,
              (SELECT count(*)::int FROM prompts WHERE organization_id = $1 AND user_id = $2
                  AND visibility = 'private') AS prompts,
              (SELECT count(*)::int FROM assistants WHERE organization_id = $1 AND user_id = $2
                  AND visibility = 'private') AS assistants
         FROM conversations c WHERE c.organization_id = $1 AND c.user_id = $2 AND ${UNHELD}`,
      [organizationId, userId],
    );
    return row;
  }
}
