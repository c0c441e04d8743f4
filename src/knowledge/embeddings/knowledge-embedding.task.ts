import { defineTask } from '../../platform/queue/task-definition.js';
import { idField, taskSchema } from '../../platform/queue/task-input.js';

/** Type of the jobs that have a model server make vectors of documents that are indexed. */
export const EMBEDDING_JOB = 'embedding';

/** One document of a knowledge base. Model servers may be away for an hour: meanwhile words alone find what is in it. */
export const KNOWLEDGE_EMBEDDING = defineTask({
  type: 'knowledge.embedding',
  version: 1,
  schema: taskSchema({ knowledge_base_id: idField('kb'), document_id: idField('doc') }),
  maxAttempts: 10,
  backoff: { baseMs: 5_000, maxMs: 900_000 },
});

export type KnowledgeEmbeddingInput = ReturnType<(typeof KNOWLEDGE_EMBEDDING)['schema']>;
