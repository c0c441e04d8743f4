import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { LibraryItem } from '../library/library-item.js';

type Ref = Pick<LibraryItem, 'organizationId' | 'id'>;

const FOREIGN_KEY_VIOLATION = '23503';

/** What assistants work with: knowledge bases, in the order given. Those that are deleted take themselves out. */
@Injectable()
export class AssistantBindingsRepository {
  /** Ids of knowledge bases by those of assistants; an assistant without any is left out. */
  async knowledgeOf(
    organizationId: string,
    assistantIds: readonly string[],
    db: Tx,
  ): Promise<ReadonlyMap<string, string[]>> {
    if (assistantIds.length === 0) return new Map();
    const rows: { id: string; ids: string[] }[] = await db.query(
      `SELECT assistant_id AS id, array_agg(knowledge_base_id ORDER BY position) AS ids FROM assistant_knowledge
        WHERE organization_id = $1 AND assistant_id = ANY($2) GROUP BY assistant_id`,
      [organizationId, assistantIds],
    );
    return new Map(rows.map(({ id, ids }) => [id, ids]));
  }

  /** Sets them as a whole. @returns false when one of them is not there any more; the transaction is then over */
  async setKnowledge({ organizationId, id }: Ref, knowledgeIds: readonly string[], tx: Tx): Promise<boolean> {
    await tx.query('DELETE FROM assistant_knowledge WHERE organization_id = $1 AND assistant_id = $2', [
      organizationId,
      id,
    ]);
    try {
      await tx.query(
        `INSERT INTO assistant_knowledge (organization_id, assistant_id, knowledge_base_id, position)
         SELECT $1, $2, given.id, given.position FROM unnest($3::text[]) WITH ORDINALITY AS given (id, position)`,
        [organizationId, id, knowledgeIds],
      );
      return true;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === FOREIGN_KEY_VIOLATION) return false;
      throw error;
    }
  }
}
