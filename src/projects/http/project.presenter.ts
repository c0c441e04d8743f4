import { weaknessesOf } from '../../platform/passwords/password-weakness.js';
import type { Project } from '../project.js';
import type { AdvisedProjectDto, ProjectDto } from './project.dto.js';

const NOTICE =
  "The password protects the project's files: the originals and the redacted ones. Variables, chats, knowledge, token maps and reports are under the organization's key alone. Nobody can recover a password that is lost, nor open the files without it.";

/** What there is to know of a password that has just been set; nothing where there is none. */
export type PasswordAdvice = Pick<AdvisedProjectDto, 'notice' | 'warnings'>;

export const adviceOn = (password: string | undefined, projectName: string): PasswordAdvice =>
  password === undefined
    ? {}
    : {
        notice: NOTICE,
        warnings: weaknessesOf(password, [{ text: projectName, what: "the project's name", anywhere: true }]),
      };

export const presentProject = (project: Project): ProjectDto => ({
  id: project.id,
  name: project.name,
  description: project.description,
  status: project.status,
  protected: project.protected,
  document_count: project.documentCount,
  environment_count: project.environmentCount,
  size_bytes: project.sizeBytes,
  retention_days: project.retentionDays,
  legal_hold: project.legalHold,
  organization_id: project.organizationId,
  created_by: project.createdBy,
  version: project.version,
  created_at: project.createdAt.toISOString(),
  updated_at: project.updatedAt.toISOString(),
  archived_at: project.archivedAt?.toISOString() ?? null,
});

export const presentAdvised = (project: Project, advice: PasswordAdvice): AdvisedProjectDto => ({
  ...presentProject(project),
  ...advice,
});
