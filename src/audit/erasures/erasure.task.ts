import { defineTask } from '../../platform/queue/task-definition.js';
import { idField, taskSchema } from '../../platform/queue/task-input.js';

/** The kind of job. */
export const ERASURE_JOB = 'erasure';

/** Carries one erasure out: the row says what it is about. */
export const ERASURE = defineTask({
  type: 'erasure.run',
  version: 1,
  schema: taskSchema({ erasure_id: idField('erasure') }),
});

export type ErasureInput = ReturnType<typeof ERASURE.schema>;
