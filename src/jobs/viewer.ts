import type { Caller } from '../platform/http/request-context.js';

/** Whose jobs a caller sees: an administrator the organization's, everybody else their own. */
export interface Viewer {
  readonly organizationId: string;
  /** Undefined for administrators. */
  readonly userId: string | undefined;
}

export const viewerOf = ({ principal }: Caller): Viewer => ({
  organizationId: principal.organizationId,
  userId: principal.systemRole === 'admin' ? undefined : principal.userId,
});
