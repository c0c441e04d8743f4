import type { Requester } from '../http/request-context.js';

/** One entry of the audit log, as the code that caused it states it. */
export interface AuditEntry {
  readonly organizationId: string;
  readonly projectId?: string | undefined;
  readonly actor: { readonly type: 'user' | 'api_key' | 'system'; readonly id: string };
  /** The person behind the actor; an actor of type `user` is that person unless it says otherwise. */
  readonly userId?: string | undefined;
  /** Whom it concerns beside them: they may read the entry too. */
  readonly subjectUserId?: string | undefined;
  /** `<resource>.<past tense>`. */
  readonly action: string;
  readonly target?: { readonly type: string; readonly id: string };
  readonly requestId: string;
  /** Shown in clear: how many of what, never whose. */
  readonly counts?: Readonly<Record<string, number>>;
  /** Kept sealed: where from, with what, under which options. */
  readonly details?: AuditDetails;
}

/** The sealed part of an entry. Never holds content. */
export interface AuditDetails {
  readonly client_address?: string | undefined;
  readonly user_agent?: string | undefined;
  readonly method_used?: string | undefined;
  /** The redaction policy whose settings an operation used, and its version. */
  readonly policy_id?: string | undefined;
  readonly policy_version?: number | undefined;
  readonly [key: string]: string | number | boolean | undefined;
}

/** An entry's part that every request fills alike. */
export const auditOf = ({ principal, requestId, clientAddress, userAgent }: Requester) => ({
  organizationId: principal.organizationId,
  projectId: principal.defaultProjectId,
  actor: { type: principal.credential.kind, id: principal.credential.id },
  userId: principal.userId,
  requestId,
  details: { client_address: clientAddress, user_agent: userAgent },
});
