import { platformError } from '../platform/errors/app-error.js';
import type { OrganizationRole } from '../platform/http/permission.js';
import type { Principal } from '../platform/http/principal.js';

/**
 * The caller's role in the organization that a path names. Whoever cannot see it was left at home by the guard.
 * @throws AppError NOT_FOUND for one that is missing or foreign, or of which the caller reaches but a project
 */
export function roleHere({ organizationId, role, onlyProjectId }: Principal, id: string): OrganizationRole {
  if (organizationId !== id || role === undefined || onlyProjectId !== undefined)
    throw platformError('NOT_FOUND');
  return role;
}
