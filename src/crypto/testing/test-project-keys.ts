import type { Sealer } from '../../platform/audit/audit.writer.js';
import { ProjectKeysRepository } from '../project-keys/project-keys.repository.js';
import { ProjectKeys } from '../project-keys/project-keys.service.js';

/** The key pairs of projects, sealed by a tenant's sealer. */
export const testProjectKeys = (sealer: Sealer): ProjectKeys =>
  new ProjectKeys(new ProjectKeysRepository(), sealer);
