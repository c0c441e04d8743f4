import type { ProjectDtos } from '../../projects/index.js';
import type { SeroCreatedProjectDto, SeroProjectDto } from './sero-project.dto.js';

export const presentSeroProject = (project: ProjectDtos.ProjectDto): SeroProjectDto => ({
  id: project.id,
  name: project.name,
  description: project.description ?? '',
  created_at: project.created_at,
  document_count: project.document_count,
  status: project.status,
});

export const presentCreatedSeroProject = (project: ProjectDtos.AdvisedProjectDto): SeroCreatedProjectDto => ({
  ...presentSeroProject(project),
  protected: project.protected,
  ...(project.notice !== undefined && { notice: project.notice }),
  ...(project.warnings && { warnings: project.warnings }),
});
