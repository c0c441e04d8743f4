import type { OrganizationRole } from '../../platform/http/permission.js';

export const INVITATION_STATUSES = ['open', 'accepted', 'revoked', 'expired'] as const;
export type InvitationStatus = (typeof INVITATION_STATUSES)[number];

/** How long an invitation can be accepted, in hours. */
export const INVITATION_HOURS = 72;

/** That somebody may join an organization. */
export interface Invitation {
  readonly id: string;
  readonly organizationId: string;
  readonly email: string;
  readonly role: OrganizationRole;
  readonly status: InvitationStatus;
  readonly invitedBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** What an invitation's maker decides. */
export type InvitationInput = Pick<Invitation, 'email' | 'role'>;
