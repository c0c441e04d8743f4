import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Coalescer } from '../../platform/database/coalescer.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { ShieldPoliciesRepository } from './shield-policies.repository.js';
import { DEFAULT_SHIELD_POLICY, type EffectivePolicy, type ShieldPolicy } from './shield-policy.js';
import type { PolicyInForce, PolicyOwner } from './stored-policy.js';

/** Most pairs of organization and project that one statement asks for. */
const MOST_ASKED = 256;

/** Statements that may be under way at the same time. */
const LANES = 2;

const BY_DEFAULT: PolicyInForce = { source: 'default', policy: DEFAULT_SHIELD_POLICY, stored: undefined };

/** Which policy holds where. Read anew for every request, so that a change holds on the very next one in every process. */
@Injectable()
export class ShieldPolicies {
  private readonly reading = new Coalescer<PolicyOwner, PolicyInForce>(
    (owners) => this.readMany(owners, this.dataSource.manager),
    MOST_ASKED,
    LANES,
  );

  constructor(
    private readonly repository: ShieldPoliciesRepository,
    private readonly dataSource: DataSource,
  ) {}

  /**
   * The policy for a request: its project's, else its organization's, else the default. Requests of the same moment share one
   * query.
   */
  async effectiveOf(organizationId: string, projectId: string | undefined): Promise<EffectivePolicy> {
    const { policy, stored } = await this.reading.run({ organizationId, projectId });
    return { ...policy, stored: stored && { id: stored.id, version: stored.version } };
  }

  /** The same with where it comes from, as a transaction sees it. */
  async inForce(owner: PolicyOwner, db: Tx): Promise<PolicyInForce> {
    const [found] = await this.readMany([owner], db);
    return found ?? BY_DEFAULT;
  }

  private async readMany(owners: readonly PolicyOwner[], db: Tx): Promise<PolicyInForce[]> {
    const places = new Map<string, number>();
    const asked: PolicyOwner[] = [];
    const placeOf = (owner: PolicyOwner): number => {
      const key = `${owner.organizationId} ${owner.projectId ?? ''}`;
      const known = places.get(key);
      if (known !== undefined) return known;
      places.set(key, asked.push(owner));
      return asked.length;
    };
    const wanted = owners.map(placeOf);
    const found = new Map<number, PolicyInForce>();
    for (const { asked: place, projectId, policy, ...stored } of await this.repository.findInForce(asked, db))
      found.set(place, {
        source: projectId === null ? 'organization' : 'project',
        policy: completed(policy),
        stored,
      });
    return wanted.map((place) => found.get(place) ?? BY_DEFAULT);
  }
}

/** A policy of a version that knew fewer settings has the others as the default has them. */
export const completed = (policy: ShieldPolicy): ShieldPolicy => ({ ...DEFAULT_SHIELD_POLICY, ...policy });
