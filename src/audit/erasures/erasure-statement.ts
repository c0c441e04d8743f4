import { canonicalJson, type JsonValue } from '../log/canonical-json.js';
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

/** Whom or what an erasure is about, as the record shows it. */
function shownOf(subject: ErasureSubject): { readonly [name: string]: JsonValue } {
  if ('userId' in subject) return { account: subject.withAccount, user_id: subject.userId };
  if ('environmentId' in subject) return { environment_id: subject.environmentId };
  if ('variableId' in subject) return { variable_id: subject.variableId, version: subject.version };
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
