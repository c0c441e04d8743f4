import type { Principal } from '../platform/http/principal.js';

/** Which part of the log somebody reads. */
export interface AuditReach {
  readonly userId: string;
  /** Organizations whose whole log they read; `instance` stands for all there are, sandboxes apart. */
  readonly whole: readonly string[] | 'instance';
  /** Organizations of whose log they read what they did, and what others did that concerns them. */
  readonly own: readonly string[];
  /** Organizations whose sealed details they read, whoever acted. */
  readonly opened: readonly string[];
}

type Reader = Pick<Principal, 'userId' | 'organizationId' | 'memberships' | 'systemRole' | 'mode'>;

/**
 * Organizations somebody administers as a member. What opened an organization to somebody from outside, a share or a
 * break-glass, never shows them its log, so the role of the request is not asked.
 */
const administered = ({ memberships }: Reader): string[] =>
  memberships.filter(({ role }) => role === 'admin').map(({ organizationId }) => organizationId);

/** The log of the request's organization: whole to its administrators, their own part to everybody else. */
export function reachOfOrganization(reader: Reader): AuditReach {
  const opened = administered(reader);
  const { userId, organizationId } = reader;
  return opened.includes(organizationId)
    ? { userId, whole: [organizationId], own: [], opened }
    : { userId, whole: [], own: [organizationId], opened };
}

/**
 * The log as far as somebody's roles go: administrators of the instance read all of it, although blindly where they do not
 * administer the organization.
 */
export function reachOfRoles(reader: Reader): AuditReach {
  const { userId, systemRole, mode } = reader;
  if (systemRole !== 'admin' || mode === 'sandbox') return reachOfOrganization(reader);
  return { userId, whole: 'instance', own: [], opened: administered(reader) };
}

/** The logs of all organizations somebody belongs to. */
export function reachOfMemberships(reader: Reader): AuditReach {
  const opened = administered(reader);
  const all = reader.memberships.map(({ organizationId }) => organizationId);
  return { userId: reader.userId, whole: opened, own: all.filter((id) => !opened.includes(id)), opened };
}

/**
 * How much of an entry's sealed details somebody sees: all, what was done but not where the other person sat, or nothing.
 */
export type Openness = 'all' | 'effect' | 'none';

interface Entry {
  readonly organizationId: string;
  readonly userId: string | null;
  readonly subjectUserId: string | null;
}

export function opennessOf({ userId, opened }: AuditReach, entry: Entry): Openness {
  if (opened.includes(entry.organizationId) || entry.userId === userId) return 'all';
  if (entry.subjectUserId !== userId) return 'none';
  // Of an attempt on their account by nobody knows whom they are to know all there is.
  return entry.userId === null ? 'all' : 'effect';
}
