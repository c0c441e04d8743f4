export const ENVIRONMENT_TYPES = ['development', 'staging', 'production', 'testing'] as const;
export type EnvironmentType = (typeof ENVIRONMENT_TYPES)[number];

/** An environment of a project: a set of variables. */
export interface Environment {
  readonly id: string;
  /** Whole number by which KeyNest's clients know it. */
  readonly number: number;
  readonly organizationId: string;
  readonly projectId: string;
  /** In lower case, unique in its project. */
  readonly name: string;
  readonly type: EnvironmentType;
  readonly description: string | null;
  readonly variableCount: number;
  /** From 1, one more whenever anything of it changes, its variables included. */
  readonly version: number;
  /** From 0, one more with every change of its variables, however many of them one change touches. */
  readonly revision: number;
  /** When its variables last changed. */
  readonly revisedAt: Date;
  readonly createdBy: string;
  readonly createdAt: Date;
  /** When the environment itself was changed; its variables do not matter. */
  readonly updatedAt: Date;
}

/** What a caller decides of an environment. */
export type EnvironmentSettings = Pick<Environment, 'name' | 'type' | 'description'>;

/** A change of settings: what is not given stays. */
export type EnvironmentChange = {
  readonly [Name in keyof EnvironmentSettings]?: EnvironmentSettings[Name] | undefined;
};

/** Which environments to list; absent fields do not filter. */
export interface EnvironmentFilter {
  readonly projectId?: string | undefined;
  readonly type?: EnvironmentType | undefined;
  readonly name?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}
