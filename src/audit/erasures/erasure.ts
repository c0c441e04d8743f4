import type { DocumentAction } from '../../platform/erasure/document-search.js';
import type { DestroyedVersion } from '../../platform/erasure/erasable-contents.js';
import type { ValuePrint } from '../../platform/erasure/sought-value.js';
import type { DocumentReport } from './document-report.js';

/** A value, and what becomes of documents in whose files it stands. */
export interface ErasedValue {
  readonly type: string;
  readonly print: ValuePrint;
  readonly documents: DocumentAction;
}

export const ERASURE_STATUSES = ['queued', 'running', 'completed', 'failed'] as const;
export type ErasureStatus = (typeof ERASURE_STATUSES)[number];

/** Whom or what an erasure is about, in the form that is kept. */
export type ErasureSubject =
  | {
      readonly userId: string;
      /** Their account too, and not only what the organization has of them. */
      readonly withAccount: boolean;
    }
  | { readonly projectId: string }
  | { readonly environmentId: string }
  | DestroyedVersion
  | ErasedValue;

/** How many of what was destroyed. */
export type ErasureCounts = Readonly<Record<string, number>>;

/** What was stated when it was done; see erasure-statement.ts. */
export interface ErasureRecord {
  readonly statement: string;
  /** 64 bytes. */
  readonly signature: Buffer;
}

/** The same with the 32 bytes that verify it. */
export interface VerifiableRecord extends ErasureRecord {
  readonly publicKey: Buffer;
}

/** An erasure as it is kept: it never holds what it has erased. */
export interface Erasure {
  readonly id: string;
  readonly organizationId: string;
  readonly status: ErasureStatus;
  readonly subject: ErasureSubject;
  readonly counts: ErasureCounts;
  /** How far the search of documents is; null before it has begun, and where there is none. */
  readonly documentReport: DocumentReport | null;
  /** Null where it came out of the ledger. */
  readonly requestedBy: string | null;
  readonly jobId: string | null;
  readonly reason: string | null;
  readonly errorCode: string | null;
  readonly record: VerifiableRecord | null;
  readonly createdAt: Date;
  readonly completedAt: Date | null;
  /** When it was done again in a restored database. */
  readonly reappliedAt: Date | null;
}

/** An erasure as it was asked for; nothing of the value outlives the request. */
export type ErasureOrder =
  | { readonly userId: string; readonly reason: string | undefined }
  | {
      readonly type: string;
      readonly value: string;
      readonly documents: DocumentAction;
      readonly reason: string | undefined;
    };
