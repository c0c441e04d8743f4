import type { AuditEntry } from '../../platform/audit/audit-entry.js';
import { administers } from '../../platform/http/principal.js';
import type { Caller } from '../../platform/http/request-context.js';
import type { Job } from '../../platform/queue/job.js';
import type { BatchDocument, Refusal } from '../batch-documents.service.js';
import type { TextOptions } from '../text-options.js';

/** Type of the job that works on a batch. */
export const BATCH_JOB = 'batch';

/** A batch worked on in the background, without what is sealed of it. */
export interface Batch {
  readonly id: string;
  readonly organizationId: string;
  readonly projectId: string | null;
  readonly jobId: string;
  /** The user who sent it. */
  readonly createdBy: string;
  readonly documents: number;
  /** Documents that have a result. */
  readonly completed: number;
  /** Documents refused alone, which have an error as their result. */
  readonly failed: number;
  readonly createdAt: Date;
  /** When documents and results are erased. */
  readonly expiresAt: Date;
}

/** A batch beside the job that works on it. */
export interface BatchWithJob {
  readonly batch: Batch;
  readonly job: Job;
}

/** Whose batches: an organization's, or within it one user's. */
export interface BatchOwner {
  readonly organizationId: string;
  readonly userId?: string;
}

/** An administrator sees the organization's batches, everybody else their own. */
export const batchOwnerOf = ({ principal }: Caller): BatchOwner => ({
  organizationId: principal.organizationId,
  ...(!administers(principal) && { userId: principal.userId }),
});

/** What a client asks for. */
export interface BackgroundBatch {
  readonly documents: readonly BatchDocument[];
  readonly options: TextOptions;
  /** Chunk by chunk instead of as many at a time as workers are free. */
  readonly sequential: boolean;
}

/** What is kept, sealed, of how a batch is to be worked on, and of the request for the audit row of its end. */
export interface BatchOrder {
  readonly options: TextOptions;
  readonly request: Pick<AuditEntry, 'actor' | 'userId' | 'requestId' | 'details'>;
}

/** A document in waiting; in place of one that cannot be written down, why. */
export type WaitingDocument = BatchDocument | { readonly id: string; readonly refusal: Refusal };
