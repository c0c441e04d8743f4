import { defineTask } from '../../platform/queue/task-definition.js';
import { idField, taskSchema } from '../../platform/queue/task-input.js';

/**
 * One document of a redaction. What is wrong with a document stays wrong, so only what passes is worth waiting for:
 * a store or a database that does not answer for a while.
 */
export const REDACTION_DOCUMENT = defineTask({
  type: 'redaction.document',
  version: 1,
  schema: taskSchema({ redaction_id: idField('red'), document_id: idField('doc') }),
  maxAttempts: 5,
  backoff: { baseMs: 5_000, maxMs: 120_000 },
});

export type RedactionDocumentInput = ReturnType<(typeof REDACTION_DOCUMENT)['schema']>;
