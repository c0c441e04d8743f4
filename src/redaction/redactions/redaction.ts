import type { AuditEntry } from '../../platform/audit/audit-entry.js';
import type { Job, JobStatus } from '../../platform/queue/job.js';
import type { SettledDocumentPolicy } from '../document-policies.service.js';
import type { RedactionReport } from '../documents/redaction-report.js';
import type { PolicyReference } from '../text-options.js';

/** Type of the job that works on a redaction. */
export const REDACTION_JOB = 'redaction';

/** Which redaction of which tenant. */
export interface RedactionRef {
  readonly organizationId: string;
  readonly redactionId: string;
}

/** Documents of one project redacted by one policy, without what is sealed of it. */
export interface Redaction {
  readonly id: string;
  readonly organizationId: string;
  readonly projectId: string;
  readonly jobId: string;
  readonly policy: PolicyReference | null;
  readonly documents: number;
  readonly createdBy: string;
  readonly createdAt: Date;
}

/** A redaction beside the job that works on it. */
export interface RedactionWithJob {
  readonly redaction: Redaction;
  readonly job: Job;
}

/** What became of one document. */
export interface DocumentProgress {
  /** Place among the redaction's documents, from 0. */
  readonly position: number;
  readonly documentId: string;
  readonly status: JobStatus;
  readonly errorCode: string | null;
  /** From 1, where one page is at fault. */
  readonly errorPage: number | null;
  /** How much was removed. */
  readonly redactions: number | null;
  /** Bytes, of the original and of the redacted file. */
  readonly originalSize: number;
  readonly redactedSize: number | null;
  readonly redactedFileId: string | null;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

/** What is kept, sealed, of how documents are to be redacted, and of the request for the audit rows to come. */
export interface RedactionOrder {
  readonly settled: SettledDocumentPolicy;
  readonly request: Pick<AuditEntry, 'actor' | 'requestId' | 'details'>;
}

/** What the newest finished redaction of a document came to. */
export interface DocumentOutcome {
  readonly documentId: string;
  readonly redactionId: string;
  readonly policy: PolicyReference | null;
  readonly finishedAt: Date;
  /** Undefined of one that failed. */
  readonly result: { readonly redactedFileId: string; readonly report: RedactionReport } | undefined;
  readonly errorCode: string | null;
  readonly errorPage: number | null;
}
