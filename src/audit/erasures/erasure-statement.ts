import type { ErasureCounts, ErasureSubject } from './erasure.js';

/** What the instance says that it has erased. */
export interface ErasureStatement {
  readonly id: string;
  readonly organizationId: string;
  readonly subject: ErasureSubject;
  readonly counts: ErasureCounts;
  readonly createdAt: Date;
  readonly completedAt: Date;
}

type Plain = string | number | boolean | null | { readonly [name: string]: Plain | undefined };

/**
 * JSON in one form (RFC 8785 for what stands here: strings, whole numbers, booleans and objects): members in the order of their
 * names' code units, no white space.
 */
export function canonicalJson(value: Plain): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value)
    .filter((entry): entry is [string, Plain] => entry[1] !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, item]) => `${JSON.stringify(name)}:${canonicalJson(item)}`).join(',')}}`;
}

/** Whom or what an erasure is about, as the record shows it. */
function shownOf(subject: ErasureSubject): { readonly [name: string]: Plain } {
  if ('userId' in subject) return { account: subject.withAccount, user_id: subject.userId };
  return 'projectId' in subject ? { project_id: subject.projectId } : { type: subject.type };
}

/** The text that is signed. Of a value it has the type alone: not even what it is known by leaves the server. */
export const statementOf = (erasure: ErasureStatement): string =>
  canonicalJson({
    counts: erasure.counts,
    completed_at: erasure.completedAt.toISOString(),
    created_at: erasure.createdAt.toISOString(),
    id: erasure.id,
    organization_id: erasure.organizationId,
    subject: shownOf(erasure.subject),
    version: 1,
    what: 'erasure',
  });
