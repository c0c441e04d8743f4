import type { ShieldPolicy } from './shield-policy.js';

/** Where a policy holds: in a project, or in an organization where its projects say nothing else. */
export interface PolicyOwner {
  readonly organizationId: string;
  readonly projectId: string | undefined;
}

/** Whose policy holds somewhere. */
export const POLICY_SOURCES = ['project', 'organization', 'default'] as const;
export type PolicySource = (typeof POLICY_SOURCES)[number];

/** A policy as it lies in the database. */
export interface StoredPolicy {
  readonly id: string;
  /** From 1, one more whenever it is set or taken back. */
  readonly version: number;
  readonly policy: ShieldPolicy;
  readonly updatedBy: string;
  readonly updatedAt: Date;
}

/** What holds somewhere, and since when; nothing is stored of the default. */
export interface PolicyInForce {
  readonly source: PolicySource;
  readonly policy: ShieldPolicy;
  readonly stored: Omit<StoredPolicy, 'policy'> | undefined;
}

/** A policy as it was set by one change; none where that change took it back. */
export interface PolicyVersion {
  readonly policyId: string;
  readonly version: number;
  readonly policy: ShieldPolicy | null;
  readonly changedBy: string;
  readonly changedAt: Date;
}

/**
 * The entity tag of what is shown, without its quotes. An inherited policy's says where it comes from, since its number may
 * be one that the owner's own has had.
 */
export const tagOf = ({ source, stored }: PolicyInForce, owner: PolicyOwner): number | string =>
  stored && (source === 'project') === (owner.projectId !== undefined)
    ? stored.version
    : `${source}-${stored?.version ?? 0}`;
