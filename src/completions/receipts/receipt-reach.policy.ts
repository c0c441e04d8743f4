import type { Principal } from '../../platform/http/principal.js';

/** Whose receipts somebody sees. */
export interface ReceiptReach {
  readonly organizationId: string;
  /** Theirs alone; undefined where they see everybody's. */
  readonly userId: string | undefined;
  /** Those of one project alone, which was opened to somebody from outside. */
  readonly projectId: string | undefined;
}

type Reader = Pick<Principal, 'userId' | 'organizationId' | 'memberships' | 'onlyProjectId'>;

/**
 * Of the request's organization: all of them to its administrators, their own to everybody else. What opened it to somebody
 * from outside, a share or a break-glass, never shows them what others asked, so the role of the request does not count.
 */
export function receiptReachOf(reader: Reader): ReceiptReach {
  const { userId, organizationId, memberships, onlyProjectId } = reader;
  const isAdmin = memberships.some(
    (member) => member.organizationId === organizationId && member.role === 'admin',
  );
  return { organizationId, userId: isAdmin ? undefined : userId, projectId: onlyProjectId };
}
