import { defineTask } from '../../platform/queue/task-definition.js';
import { idField, taskSchema } from '../../platform/queue/task-input.js';

/** Types of the jobs that index documents: one for every upload, and those that index what is there anew. */
export const INDEXING_JOB = 'indexing';
export const REINDEX_JOB = 'reindex';

/**
 * One document of a knowledge base. What is wrong with a document stays wrong, so only what passes is worth waiting for:
 * a store or a database that does not answer for a while.
 */
export const KNOWLEDGE_DOCUMENT = defineTask({
  type: 'knowledge.document',
  version: 1,
  schema: taskSchema({ knowledge_base_id: idField('kb'), document_id: idField('doc') }),
  maxAttempts: 5,
  backoff: { baseMs: 5_000, maxMs: 120_000 },
});

export type KnowledgeDocumentInput = ReturnType<(typeof KNOWLEDGE_DOCUMENT)['schema']>;
