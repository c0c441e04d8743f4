import type { Tx } from '../platform/database/unit-of-work.js';
import type { AccountOrigin } from './account-origin.js';

/** An invitation that can be accepted now: not expired, revoked or accepted. */
export interface OpenInvitation {
  readonly id: string;
  readonly organizationId: string;
  readonly role: string;
  /** Look-up of the address it was sent to, as `UserLookups.email` makes it. */
  readonly emailLookup: Buffer;
}

/** What auth must know of invitations, which are of organizations; the organizations module provides it, globally. */
export abstract class InvitationAcceptance {
  /** The open invitation with this token, or nothing, whatever the reason. */
  abstract find(token: string, db: Tx): Promise<OpenInvitation | undefined>;

  /**
   * Makes somebody a member, uses the invitation up and tells of it. Asks once more, in one atomic statement, whether it
   * is open.
   * @returns false when it is not open any more; nothing has happened then
   */
  abstract accept(
    invitation: OpenInvitation,
    guest: { readonly userId: string; readonly origin: AccountOrigin },
    tx: Tx,
  ): Promise<boolean>;
}
