export const PROJECT_STATUSES = ['active', 'archived'] as const;
export type ProjectStatus = (typeof PROJECT_STATUSES)[number];

/** A project as it stands. */
export interface Project {
  readonly id: string;
  /** Whole number by which KeyNest's clients know it. */
  readonly number: number;
  readonly organizationId: string;
  readonly name: string;
  readonly description: string | null;
  readonly status: ProjectStatus;
  /** Whether a password guards its private key. */
  readonly protected: boolean;
  readonly documentCount: number;
  readonly environmentCount: number;
  /** Of its files, as they were uploaded. */
  readonly sizeBytes: number;
  /** How long its documents are kept; null for as long as nobody deletes them. */
  readonly retentionDays: number | null;
  /** While it is on, nothing of the project is deleted. */
  readonly legalHold: boolean;
  /** From 1, one more whenever anything of it changes, its counts included. */
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: Date;
  /** When the project itself was changed; its counts do not matter. */
  readonly updatedAt: Date;
  readonly archivedAt: Date | null;
}

/** What a caller decides of a project. */
export type ProjectSettings = Pick<Project, 'name' | 'description' | 'retentionDays' | 'legalHold'>;

/** A change of settings: what is not given stays. */
export type ProjectChange = { readonly [Name in keyof ProjectSettings]?: ProjectSettings[Name] | undefined };

/** Which projects to list; absent fields do not filter. */
export interface ProjectFilter {
  readonly organizationId?: string | undefined;
  readonly status?: ProjectStatus | undefined;
  readonly name?: string | undefined;
  /** Part of the name, in whatever case. */
  readonly search?: string | undefined;
  readonly protected?: boolean | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}
