import { GrantsRepository } from '../grants/grants.repository.js';
import { Grants } from '../grants/grants.service.js';
import type { InstanceSealer } from '../instance-sealer.service.js';

/** Grants, sealed by the instance's sealer. */
export const testGrants = (sealer: InstanceSealer): Grants => new Grants(new GrantsRepository(), sealer);
