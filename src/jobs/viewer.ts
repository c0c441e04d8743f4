import { administers } from '../platform/http/principal.js';
import type { Caller } from '../platform/http/request-context.js';

/** Whose jobs a caller sees: an organization's administrator all of it, everybody else their own. */
export interface Viewer {
  readonly organizationId: string;
  /** Undefined for administrators. */
  readonly userId: string | undefined;
}

export const viewerOf = ({ principal }: Caller): Viewer => ({
  organizationId: principal.organizationId,
  userId: administers(principal) ? undefined : principal.userId,
});
