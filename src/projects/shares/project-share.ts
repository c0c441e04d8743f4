import type { OrganizationRole } from '../../platform/http/permission.js';

/** That somebody may use a project whatever they are in its organization. */
export interface ProjectShare {
  readonly id: string;
  readonly organizationId: string;
  readonly projectId: string;
  readonly userId: string;
  readonly role: OrganizationRole;
  readonly createdBy: string;
  readonly createdAt: Date;
}

/** With whom to share: by either. */
export interface ShareTarget {
  readonly email?: string | undefined;
  readonly userId?: string | undefined;
}
