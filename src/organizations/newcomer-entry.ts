import type { Homes } from '../accounts/index.js';

/** An audit entry's part about somebody who has no credential yet. */
export const newcomerEntry = (organizationId: string, { userId, origin }: Homes.HomeOwner) => ({
  organizationId,
  actor: { type: 'user', id: userId } as const,
  userId,
  requestId: origin.requestId,
  details: { client_address: origin.clientAddress, user_agent: origin.userAgent },
});
