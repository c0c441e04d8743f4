import type { Principal } from '../platform/http/principal.js';

/** Whose chats somebody may see: their own, and those that others share with them. */
export interface ChatReach {
  readonly organizationId: string;
  readonly userId: string;
  /** Whoever is let in for one project sees chats of that project alone. */
  readonly projectId: string | undefined;
  /** Shares are among members. */
  readonly seesShared: boolean;
}

/** No role, and no administrator's, opens anybody's chats: they are their owner's. */
export const reachOf = ({ organizationId, userId, onlyProjectId, isGuest }: Principal): ChatReach => ({
  organizationId,
  userId,
  projectId: onlyProjectId,
  seesShared: isGuest !== true && onlyProjectId === undefined,
});
