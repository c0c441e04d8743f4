import { Injectable } from '@nestjs/common';
import { type Condition, listRows } from '../../platform/database/list-rows.js';
import { rowSetOf } from '../../platform/database/row-set.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { MessageRow } from './message.js';

/** Which chat of which tenant. */
export interface ChatRef {
  readonly organizationId: string;
  readonly id: string;
}

/** Which messages to list: children of one, roots, or those of the branch that ends in one. */
export interface MessageFilter {
  readonly parentId?: string | null | undefined;
  readonly branchOf?: string | undefined;
}

/** What a message takes to read. */
export interface MessageSize {
  readonly position: number;
  readonly bytes: number;
}

const COLUMNS = `m.id, m.chat_id AS "chatId", m.parent_id AS "parentId", m.position, m.role, m.complete AS "isComplete",
  m.receipt_id AS "receiptId", m.body_sealed AS "bodySealed", m.created_at AS "createdAt"`;

const SORT = { position: { column: 'm.position', type: 'integer' } } as const;

/** The ids from a message up to its root. UNION, and not UNION ALL: a circle would end. */
const BRANCH = `WITH RECURSIVE branch (id, parent_id) AS (
    SELECT id, parent_id FROM chat_messages WHERE organization_id = $1 AND chat_id = $2 AND id = $3
     UNION
    SELECT p.id, p.parent_id FROM branch b
      JOIN chat_messages p ON p.id = b.parent_id AND p.organization_id = $1 AND p.chat_id = $2)`;

const IN_BRANCH = `m.id IN (
  WITH RECURSIVE branch (id, parent_id) AS (
    SELECT id, parent_id FROM chat_messages WHERE chat_id = ? AND id = ?
     UNION
    SELECT p.id, p.parent_id FROM branch b JOIN chat_messages p ON p.id = b.parent_id AND p.chat_id = ?)
  SELECT id FROM branch)`;

const ROWS = rowSetOf<MessageRow & { readonly organizationId: string }>([
  ['id', 'text', ({ id }) => id],
  ['organization_id', 'text', ({ organizationId }) => organizationId],
  ['chat_id', 'text', ({ chatId }) => chatId],
  ['parent_id', 'text', ({ parentId }) => parentId],
  ['position', 'integer', ({ position }) => position],
  ['role', 'text', ({ role }) => role],
  ['complete', 'boolean', ({ isComplete }) => isComplete],
  ['receipt_id', 'text', ({ receiptId }) => receiptId],
  ['body_sealed', 'bytea', ({ bodySealed }) => bodySealed],
  ['created_at', 'timestamptz', ({ createdAt }) => createdAt],
]);

@Injectable()
export class MessagesRepository {
  async insertMany({ organizationId }: ChatRef, rows: readonly MessageRow[], tx: Tx): Promise<void> {
    await tx.query(`INSERT INTO chat_messages (${ROWS.names}) SELECT ${ROWS.names} FROM ${ROWS.from(1)}`, [
      ROWS.valueOf(rows.map((row) => ({ ...row, organizationId }))),
    ]);
  }

  list(
    { organizationId, id }: ChatRef,
    { parentId, branchOf }: MessageFilter,
    listing: Listing,
    db: Tx,
  ): Promise<Listed<MessageRow>> {
    const where: Condition[] = [
      ['m.organization_id = ?', organizationId],
      ['m.chat_id = ?', id],
      parentId === null ? ['(m.parent_id IS NULL) = ?', true] : ['m.parent_id = ?', parentId],
    ];
    if (branchOf !== undefined) where.push([IN_BRANCH, id, branchOf, id]);
    const query = { select: COLUMNS, from: 'chat_messages m', where, sort: SORT, id: 'm.id' };
    return listRows(query, listing, db);
  }

  async find({ organizationId, id }: ChatRef, messageId: string, db: Tx): Promise<MessageRow | undefined> {
    const sql = `SELECT ${COLUMNS} FROM chat_messages m WHERE m.organization_id = $1 AND m.chat_id = $2 AND m.id = $3`;
    return (await db.query(sql, [organizationId, id, messageId]))[0];
  }

  /** A message and all that led to it, from the beginning. */
  branch({ organizationId, id }: ChatRef, messageId: string, db: Tx): Promise<MessageRow[]> {
    return db.query(
      `${BRANCH} SELECT ${COLUMNS} FROM chat_messages m JOIN branch USING (id)
        WHERE m.organization_id = $1 AND m.chat_id = $2 ORDER BY m.position`,
      [organizationId, id, messageId],
    );
  }

  /** How large the messages of a chat are, or of its branch that ends in one, in the order of their positions. */
  sizes({ organizationId, id }: ChatRef, branchOf: string | undefined, db: Tx): Promise<MessageSize[]> {
    const size = 'SELECT m.position, octet_length(m.body_sealed) AS bytes FROM chat_messages m';
    const whose = 'WHERE m.organization_id = $1 AND m.chat_id = $2 ORDER BY m.position';
    return branchOf === undefined
      ? db.query(`${size} ${whose}`, [organizationId, id])
      : db.query(`${BRANCH} ${size} JOIN branch USING (id) ${whose}`, [organizationId, id, branchOf]);
  }

  /** Some messages of a chat, by their positions. */
  listAt({ organizationId, id }: ChatRef, positions: readonly number[], db: Tx): Promise<MessageRow[]> {
    return db.query(
      `SELECT ${COLUMNS} FROM chat_messages m
        WHERE m.organization_id = $1 AND m.chat_id = $2 AND m.position = ANY($3::integer[]) ORDER BY m.position`,
      [organizationId, id, positions],
    );
  }
}
