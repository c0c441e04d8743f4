import type { Tx } from '../platform/database/unit-of-work.js';
import type { AccountOrigin } from './account-origin.js';

/** An organization that somebody has just got. */
export interface HomeOrganization {
  readonly id: string;
  /** Whole number by which KeyNest's clients know it. */
  readonly number: number;
  readonly name: string;
}

/** Who gets an organization. Their row is not there yet, since it names the organization. */
export interface HomeOwner {
  readonly userId: string;
  readonly origin: AccountOrigin;
}

/** What auth must know of organizations, which are built upon it; the organizations module provides it, globally. */
export abstract class HomeOrganizations {
  /** Makes an organization with its keys, and tells of it (`organization.created`); the owner is no member yet. */
  abstract create(name: string, owner: HomeOwner, tx: Tx): Promise<HomeOrganization>;

  /** Makes the owner, whose row is there now, the organization's first member, as its administrator. */
  abstract admitOwner(organizationId: string, owner: HomeOwner, tx: Tx): Promise<void>;

  /** Name and number of an organization, for showing. */
  abstract find(organizationId: string, db: Tx): Promise<HomeOrganization | undefined>;
}
