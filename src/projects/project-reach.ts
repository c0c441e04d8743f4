import type { Condition } from '../platform/database/list-rows.js';

/** Which projects a caller sees: all of some organizations, and single ones of others. */
export interface ProjectReach {
  readonly organizationIds: readonly string[];
  readonly projectIds: readonly string[];
}

/** That a row of projects is within reach. One organization alone is asked for so that its index gives the order. */
export function isWithin({ organizationIds, projectIds }: ProjectReach): Condition {
  const [only, ...others] = organizationIds;
  if (only !== undefined && others.length === 0 && projectIds.length === 0)
    return ['organization_id = ?', only];
  return ['(organization_id = ANY(?::text[]) OR id = ANY(?::text[]))', organizationIds, projectIds];
}
