import type { Environment } from '../environment.js';
import type { EnvironmentDto } from './environment.dto.js';

export const presentEnvironment = (environment: Environment): EnvironmentDto => ({
  id: environment.id,
  name: environment.name,
  environment_type: environment.type,
  description: environment.description,
  project_id: environment.projectId,
  organization_id: environment.organizationId,
  variable_count: environment.variableCount,
  version: environment.version,
  revision: environment.revision,
  revised_at: environment.revisedAt.toISOString(),
  created_by: environment.createdBy,
  created_at: environment.createdAt.toISOString(),
  updated_at: environment.updatedAt.toISOString(),
});
