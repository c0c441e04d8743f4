import type { Environments } from '../../secrets/index.js';
import type { KeynestEnvironmentDto } from './keynest-environment.dto.js';
import type { EnvironmentCaptions } from './keynest-environment-captions.service.js';

export function presentKeynestEnvironment(
  environment: Environments.Environment,
  captions: EnvironmentCaptions,
): KeynestEnvironmentDto {
  const project = captions.projectOf(environment.projectId);
  if (!project) throw new Error('an environment is of a project that is not there');
  return {
    id: environment.number,
    name: environment.name,
    project: project.number,
    project_name: project.name,
    environment_type: environment.type,
    description: environment.description ?? '',
    created_at: environment.createdAt.toISOString(),
    updated_at: environment.updatedAt.toISOString(),
    created_by_name: captions.nameOf(environment.createdBy),
    variable_count: environment.variableCount,
  };
}
