import { defineTask } from '../../platform/queue/task-definition.js';
import { countField, idField, taskSchema } from '../../platform/queue/task-input.js';

/** One chunk of an asynchronous batch. */
export const BATCH_CHUNK = defineTask({
  type: 'batch.chunk',
  version: 1,
  schema: taskSchema({ batch_id: idField('batch'), chunk: countField }),
});

export type BatchChunkInput = ReturnType<(typeof BATCH_CHUNK)['schema']>;
