import { platformError } from '../../platform/errors/app-error.js';
import type { Principal } from '../../platform/http/principal.js';
import { reachOfOrganization } from '../audit-reach.policy.js';

export const LOGS = ['organization', 'instance'] as const;

/** Which log somebody asks about: that of the request's organization, or that of the instance. */
export interface LogChoice {
  readonly log: (typeof LOGS)[number];
  /** The organization, when the request names one. */
  readonly organizationId?: string | undefined;
}

/**
 * The organization whose log is asked about, null for the instance's.
 * @throws AppError NOT_FOUND for an organization they cannot see; PERMISSION_DENIED unless they administer it as members, or the
 *   instance
 */
export function chosenLog(principal: Principal, { log, organizationId }: LogChoice): string | null {
  if (organizationId !== undefined && organizationId !== principal.organizationId)
    throw platformError('NOT_FOUND');
  if (log === 'instance') {
    if (principal.systemRole === 'admin' && principal.mode === 'live') return null;
    throw platformError('PERMISSION_DENIED', {
      message: 'Only administrators of the instance read its log.',
    });
  }
  return ownLog(principal);
}

/**
 * The organization of a request, whose log is asked about.
 * @param named the organization that the request names
 * @throws AppError NOT_FOUND for one they cannot see; PERMISSION_DENIED unless they administer it as members
 */
export function ownLog(principal: Principal, named?: string): string {
  if (named !== undefined && named !== principal.organizationId) throw platformError('NOT_FOUND');
  if (reachOfOrganization(principal).whole.length > 0) return principal.organizationId;
  throw platformError('PERMISSION_DENIED', {
    message: 'Only administrators of the organization read its log as a whole.',
  });
}
