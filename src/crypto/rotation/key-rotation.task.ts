import { defineTask } from '../../platform/queue/task-definition.js';
import { taskSchema } from '../../platform/queue/task-input.js';

/** What can be rotated. */
export const ROTATION_TARGETS = ['organization', 'master'] as const;
export type RotationTarget = (typeof ROTATION_TARGETS)[number];

/** The kind of job. */
export const KEY_ROTATION_JOB = 'key_rotation';

/** The database says all there is to know: what the newest key does not wrap is to be wrapped by it. */
const schema = taskSchema({});

/** Brings all data keys of the job's organization under its newest key, and removes the older ones. */
export const ORGANIZATION_KEY_ROTATION = defineTask({
  type: 'key_rotation.organization',
  version: 1,
  schema,
});

/** Brings all organization keys and instance keys under the newest master key, and removes the older ones. */
export const MASTER_KEY_ROTATION = defineTask({ type: 'key_rotation.master', version: 1, schema });

/** Puts the file of the new master key in the place of the old one. */
export const MASTER_KEY_SETTLEMENT = defineTask({ type: 'key_rotation.master_file', version: 1, schema });

export type RotationInput = ReturnType<typeof schema>;
