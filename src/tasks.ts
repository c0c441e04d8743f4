import { ErasuresModule } from './audit/index.js';
import { KeyRotationModule } from './crypto/index.js';
import { KnowledgeModule } from './knowledge/index.js';
import type { TaskDefinition } from './platform/queue/task-definition.js';
import { BATCH_CHUNK, REDACTION_DOCUMENT } from './redaction/index.js';

/** Every kind of background work, named one by one; the worker refuses to start unless each has its handler. */
export const TASKS: readonly TaskDefinition[] = [
  BATCH_CHUNK,
  REDACTION_DOCUMENT,
  ...KnowledgeModule.TASKS,
  ...KeyRotationModule.TASKS,
  ...ErasuresModule.TASKS,
];
