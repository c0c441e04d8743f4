/** A variable as it is now, opened. */
export interface Variable {
  readonly id: string;
  /** Whole number by which KeyNest's clients know it. */
  readonly number: number;
  readonly organizationId: string;
  readonly projectId: string;
  readonly environmentId: string;
  readonly key: string;
  readonly value: string;
  readonly note: string | null;
  readonly tags: readonly string[];
  /** After how many days its value is to be changed; null for no reminder. */
  readonly rotateDays: number | null;
  readonly rotationDueAt: Date | null;
  /** From 1, one more with every change of it. */
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly valueChangedAt: Date;
}

/** What a caller decides of a variable. */
export interface VariableDraft {
  readonly key: string;
  readonly value: string;
  readonly note: string | null;
  readonly tags: readonly string[];
  readonly rotateDays: number | null;
}

/** A change of a variable: what is not given stays. */
export type VariableChange = { readonly [Name in keyof VariableDraft]?: VariableDraft[Name] | undefined };

/** Why an environment's variables changed. */
export const REVISION_CAUSES = [
  'created',
  'updated',
  'deleted',
  'changed',
  'imported',
  'copied',
  'restored',
] as const;
export type RevisionCause = (typeof REVISION_CAUSES)[number];

/** What a version did to its variable. */
export const VERSION_CHANGES = ['created', 'updated', 'deleted'] as const;
export type VersionChange = (typeof VERSION_CHANGES)[number];

/** What is read of a variable where its value is not for the reader. */
export const HIDDEN = '[HIDDEN]';

/** Whether a variable is what a draft says already. */
export const isAs = (variable: VariableDraft, draft: VariableDraft): boolean =>
  variable.key === draft.key &&
  variable.value === draft.value &&
  variable.note === draft.note &&
  variable.rotateDays === draft.rotateDays &&
  variable.tags.length === draft.tags.length &&
  variable.tags.every((tag, index) => tag === draft.tags[index]);
