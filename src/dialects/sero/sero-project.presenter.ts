import type { ProjectDtos } from '../../projects/index.js';
import type { SeroCreatedProjectDto, SeroProjectDto } from './sero-project.dto.js';

const presentSeroProject = (project: ProjectDtos.ProjectDto): SeroProjectDto => ({
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

const written = (projects: readonly ProjectDtos.ProjectDto[]): string =>
  projects.map((project) => JSON.stringify(presentSeroProject(project))).join(',');

async function* write(
  first: readonly ProjectDtos.ProjectDto[],
  rest: AsyncGenerator<ProjectDtos.ProjectDto[]>,
): AsyncGenerator<string> {
  yield `{"projects":[${written(first)}`;
  for await (const projects of rest) if (projects.length > 0) yield `,${written(projects)}`;
  yield ']}';
}

/**
 * SERO's list as text, written as the projects are read, however many there are. The first of them are read before
 * anything is written, so that what fails at once is still answered as an error.
 */
export async function seroProjectList(
  pages: AsyncGenerator<ProjectDtos.ProjectDto[]>,
): Promise<AsyncGenerator<string>> {
  const first = await pages.next();
  return write(first.done ? [] : first.value, pages);
}
