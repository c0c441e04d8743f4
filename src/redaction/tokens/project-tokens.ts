import { invalidField } from '../../platform/errors/app-error.js';

/** Where tokens are valid: a project, or one conversation. No two scopes share a token. */
export interface TokenScope {
  readonly organizationId: string;
  readonly scopeId: string;
}

/** Whose tokens an operation works with. Ids alone, so that work done later can be given the very same. */
export interface ProjectTokens {
  readonly organizationId: string;
  readonly projectId: string;
  /** Where new tokens go; set when the method makes some. */
  readonly scope?: TokenScope;
}

/** @throws AppError VALIDATION_ERROR always */
export function refuseWithoutProject(): never {
  throw invalidField(
    'project_id',
    'required',
    "Tokens belong to a project, and this key has no default project: send 'project_id'.",
  );
}
