import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { LibraryItem } from '../library/library-item.js';
import { type AssistantBindings, NOTHING_BOUND } from './assistant.js';

type Ref = Pick<LibraryItem, 'organizationId' | 'id'>;

/** Where each kind of what assistants work with is kept. */
const TABLES = {
  knowledgeIds: { table: 'assistant_knowledge', column: 'knowledge_base_id' },
  toolIds: { table: 'assistant_tools', column: 'tool_id' },
} as const satisfies Readonly<Record<keyof AssistantBindings, object>>;

const KINDS = Object.keys(TABLES) as (keyof AssistantBindings)[];

const FOREIGN_KEY_VIOLATION = '23503';

/** What assistants work with, in the order given: knowledge bases and tools. Those that are deleted take themselves out. */
@Injectable()
export class AssistantBindingsRepository {
  /** By ids of assistants; one that is bound to nothing is left out. */
  async of(
    organizationId: string,
    assistantIds: readonly string[],
    db: Tx,
  ): Promise<ReadonlyMap<string, AssistantBindings>> {
    const found = new Map<string, AssistantBindings>();
    if (assistantIds.length === 0) return found;
    for (const kind of KINDS) {
      const { table, column } = TABLES[kind];
      const rows: { id: string; ids: string[] }[] = await db.query(
        `SELECT assistant_id AS id, array_agg(${column} ORDER BY position) AS ids FROM ${table}
          WHERE organization_id = $1 AND assistant_id = ANY($2) GROUP BY assistant_id`,
        [organizationId, assistantIds],
      );
      for (const { id, ids } of rows) found.set(id, { ...(found.get(id) ?? NOTHING_BOUND), [kind]: ids });
    }
    return found;
  }

  /** Sets those of a kind as a whole. @returns false when one of them is not there any more; the transaction is then over */
  async set(
    { organizationId, id }: Ref,
    kind: keyof AssistantBindings,
    ids: readonly string[],
    tx: Tx,
  ): Promise<boolean> {
    const { table, column } = TABLES[kind];
    await tx.query(`DELETE FROM ${table} WHERE organization_id = $1 AND assistant_id = $2`, [
      organizationId,
      id,
    ]);
    try {
      await tx.query(
        `INSERT INTO ${table} (organization_id, assistant_id, ${column}, position)
         SELECT $1, $2, given.id, given.position FROM unnest($3::text[]) WITH ORDINALITY AS given (id, position)`,
        [organizationId, id, ids],
      );
      return true;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === FOREIGN_KEY_VIOLATION) return false;
      throw error;
    }
  }
}
