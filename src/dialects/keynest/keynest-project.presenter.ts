import type { Project, ProjectCaptions } from '../../projects/index.js';
import type { KeynestProjectDto } from './keynest-project.dto.js';

export const presentKeynestProject = (project: Project, captions: ProjectCaptions): KeynestProjectDto => ({
  id: project.number,
  name: project.name,
  description: project.description ?? '',
  organization: captions.organizationNumber,
  organization_name: captions.organizationName,
  created_at: project.createdAt.toISOString(),
  updated_at: project.updatedAt.toISOString(),
  created_by_name: captions.nameOf(project.createdBy),
  environment_count: project.environmentCount,
});
