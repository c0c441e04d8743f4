import { Injectable } from '@nestjs/common';
import { listRows } from '../../platform/database/list-rows.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { JobStatus } from '../../platform/queue/job.js';
import type { DocumentProgress, RedactionRef } from './redaction.js';

/** A document of a new redaction. */
export interface NewRedactionDocument {
  readonly documentId: string;
  /** The grant of its file's key, where it needs one. */
  readonly grantId: string | undefined;
  readonly size: number;
}

/** What a task needs to know of its document. */
export interface WaitingDocument {
  readonly projectId: string;
  readonly jobId: string;
  readonly grantId: string | null;
  readonly policySealed: Buffer;
}

/** What a redacted document came to. */
export interface DocumentResult {
  readonly redactions: number;
  readonly redactedFileId: string;
  readonly redactedSize: number;
}

/** How a task ended that has no result. */
export interface DocumentEnd {
  readonly documentId: string;
  readonly status: 'failed' | 'cancelled';
  readonly errorCode: string | null;
}

const COLUMNS = `
  position, document_id AS "documentId", status, error_code AS "errorCode", error_page AS "errorPage", redactions,
  original_size::float8 AS "originalSize", redacted_size::float8 AS "redactedSize",
  redacted_file_id AS "redactedFileId", started_at AS "startedAt", finished_at AS "finishedAt"`;

const INSERT = `
  INSERT INTO redaction_documents
    (redaction_id, organization_id, position, document_id, grant_id, status, original_size)
  SELECT $1, $2, d.position - 1, d.id, d.grant_id, 'queued', d.size
    FROM unnest($3::text[], $4::text[], $5::bigint[]) WITH ORDINALITY AS d (id, grant_id, size, position)`;

const FIND_WAITING = `
  SELECT r.project_id AS "projectId", r.job_id AS "jobId", d.grant_id AS "grantId", r.policy_sealed AS "policySealed"
    FROM redaction_documents d JOIN redactions r ON r.id = d.redaction_id
   WHERE d.organization_id = $1 AND d.redaction_id = $2 AND d.document_id = $3`;

const IS_DOCUMENT = 'WHERE organization_id = $1 AND redaction_id = $2 AND document_id = $3';

const MARK_RUNNING = `
  UPDATE redaction_documents SET status = 'running', started_at = now(), finished_at = NULL, error_code = NULL,
         error_page = NULL ${IS_DOCUMENT}`;

const COMPLETE = `
  UPDATE redaction_documents SET status = 'completed', redactions = $4, redacted_file_id = $5, redacted_size = $6,
         error_code = NULL, error_page = NULL, finished_at = now() ${IS_DOCUMENT}`;

/** The page belongs to the failure it was noted with. */
const SETTLE = `
  UPDATE redaction_documents d
     SET status = e.status, error_code = e.code, finished_at = now(),
         error_page = CASE WHEN d.error_code = e.code THEN d.error_page END
    FROM unnest($3::text[], $4::text[], $5::text[]) AS e (id, status, code), redactions r
   WHERE d.organization_id = $1 AND d.redaction_id = $2 AND d.document_id = e.id AND r.id = d.redaction_id
  RETURNING d.document_id AS "documentId", r.project_id AS "projectId"`;

/** News of a run: what runs, and what ended lately. Transactions may commit later than others that began after them. */
const LIST_NEWS = `
  SELECT ${COLUMNS} FROM redaction_documents
   WHERE organization_id = $1 AND redaction_id = $2 AND status <> 'queued'
     AND ($3::timestamptz IS NULL OR status = 'running' OR finished_at > $3::timestamptz - interval '1 minute')
   ORDER BY finished_at NULLS LAST, started_at, position`;

@Injectable()
export class RedactionDocumentsRepository {
  async insert(
    { organizationId, redactionId }: RedactionRef,
    documents: readonly NewRedactionDocument[],
    tx: Tx,
  ): Promise<void> {
    const ids = documents.map(({ documentId }) => documentId);
    const grants = documents.map(({ grantId }) => grantId ?? null);
    await tx.query(INSERT, [redactionId, organizationId, ids, grants, documents.map(({ size }) => size)]);
  }

  /** Those of the documents that an open redaction has, at most `limit` of them. */
  async listOpen(
    organizationId: string,
    documentIds: readonly string[],
    limit: number,
    db: Tx,
  ): Promise<string[]> {
    const rows: { id: string }[] = await db.query(
      `SELECT DISTINCT document_id AS id FROM redaction_documents
        WHERE organization_id = $1 AND document_id = ANY($2::text[]) AND status IN ('queued', 'running')
        ORDER BY document_id LIMIT $3`,
      [organizationId, documentIds, limit],
    );
    return rows.map(({ id }) => id);
  }

  async findWaiting(
    { organizationId, redactionId }: RedactionRef,
    documentId: string,
    db: Tx,
  ): Promise<WaitingDocument | undefined> {
    return (await db.query(FIND_WAITING, [organizationId, redactionId, documentId]))[0];
  }

  /** Whether the redaction is there, whatever its documents. */
  async hasRedaction({ organizationId, redactionId }: RedactionRef, db: Tx): Promise<boolean> {
    const sql = 'SELECT FROM redactions WHERE organization_id = $1 AND id = $2';
    return (await db.query(sql, [organizationId, redactionId])).length === 1;
  }

  /** A document that is no longer there does not matter. */
  async markRunning(
    { organizationId, redactionId }: RedactionRef,
    documentId: string,
    tx: Tx,
  ): Promise<void> {
    await tx.query(MARK_RUNNING, [organizationId, redactionId, documentId]);
  }

  /** Notes what the end of a task will say, and the page at fault beside it. */
  async noteFailure(
    { organizationId, redactionId }: RedactionRef,
    documentId: string,
    { code, page }: { readonly code: string; readonly page: number | undefined },
    tx: Tx,
  ): Promise<void> {
    await tx.query(`UPDATE redaction_documents SET error_code = $4, error_page = $5 ${IS_DOCUMENT}`, [
      ...[organizationId, redactionId, documentId],
      ...[code, page ?? null],
    ]);
  }

  /** False when the document is no longer there. */
  async complete(
    { organizationId, redactionId }: RedactionRef,
    documentId: string,
    { redactions, redactedFileId, redactedSize }: DocumentResult,
    tx: Tx,
  ): Promise<boolean> {
    const values = [organizationId, redactionId, documentId, redactions, redactedFileId, redactedSize];
    const [, count] = await tx.query(COMPLETE, values);
    return count === 1;
  }

  /** The grants that documents had or have. */
  async listGrants(
    { organizationId, redactionId }: RedactionRef,
    documentIds: readonly string[],
    db: Tx,
  ): Promise<string[]> {
    const rows: { id: string }[] = await db.query(
      `SELECT grant_id AS id FROM redaction_documents
        WHERE organization_id = $1 AND redaction_id = $2 AND document_id = ANY($3::text[]) AND grant_id IS NOT NULL`,
      [organizationId, redactionId, documentIds],
    );
    return rows.map(({ id }) => id);
  }

  /** As if they had not begun, but for their grants. */
  async queueAgain(
    { organizationId, redactionId }: RedactionRef,
    documentIds: readonly string[],
    tx: Tx,
  ): Promise<void> {
    await tx.query(
      `UPDATE redaction_documents
          SET status = 'queued', started_at = NULL, finished_at = NULL, error_code = NULL, error_page = NULL
        WHERE organization_id = $1 AND redaction_id = $2 AND document_id = ANY($3::text[])`,
      [organizationId, redactionId, documentIds],
    );
  }

  /** Ends documents without a result; returns those that are still there. */
  async settle(
    { organizationId, redactionId }: RedactionRef,
    ends: readonly DocumentEnd[],
    tx: Tx,
  ): Promise<{ documentId: string; projectId: string }[]> {
    const [rows] = await tx.query(SETTLE, [
      organizationId,
      redactionId,
      ends.map(({ documentId }) => documentId),
      ends.map(({ status }) => status),
      ends.map(({ errorCode }) => errorCode),
    ]);
    return rows;
  }

  list(
    { organizationId, redactionId }: RedactionRef,
    status: JobStatus | undefined,
    listing: Listing,
    db: Tx,
  ): Promise<Listed<DocumentProgress>> {
    const where = [
      ['organization_id = ?', organizationId],
      ['redaction_id = ?', redactionId],
      ['status = ?', status],
    ] as const;
    const sort = { position: { column: 'position', type: 'integer' } } as const;
    const query = { select: COLUMNS, from: 'redaction_documents', where, sort, id: 'position::text' };
    return listRows(query, listing, db);
  }

  /** What runs and what has ended, in the order it ended; with `since` only what may not have been seen by then. */
  listNews(
    { organizationId, redactionId }: RedactionRef,
    since: Date | undefined,
    db: Tx,
  ): Promise<DocumentProgress[]> {
    return db.query(LIST_NEWS, [organizationId, redactionId, since ?? null]);
  }
}
