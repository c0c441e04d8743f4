import type { Project, ProjectCaptions } from '../../projects/index.js';
import type { KeynestProjectDto } from './keynest-project.dto.js';

export function presentKeynestProject(project: Project, captions: ProjectCaptions): KeynestProjectDto {
  const organization = captions.organizationOf(project.organizationId);
  if (!organization) throw new Error('a project is of an organization that is not there');
  return {
    id: project.number,
    name: project.name,
    description: project.description ?? '',
    organization: organization.number,
    organization_name: organization.name,
    created_at: project.createdAt.toISOString(),
    updated_at: project.updatedAt.toISOString(),
    created_by_name: captions.nameOf(project.createdBy),
    environment_count: project.environmentCount,
  };
}
