import type { Tx } from '../database/unit-of-work.js';
import type { OrganizationRole } from './permission.js';
import type { Principal } from './principal.js';
import type { Owned } from './tenant-directory.js';

/** What somebody may with something although their memberships do not say so. */
export interface OutsideGrant {
  readonly role: OrganizationRole;
  /** The project it is limited to. */
  readonly onlyProjectId: string | undefined;
}

/** A reason for which somebody reaches what memberships do not open, such as a share. Made a provider by its feature. */
export abstract class OutsideAccess {
  /** Read anew for every request, so that an end holds from the next one on. */
  abstract find(principal: Principal, owned: Owned, db: Tx): Promise<OutsideGrant | undefined>;
}
