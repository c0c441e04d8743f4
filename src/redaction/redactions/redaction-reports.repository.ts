import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { DocumentOutcome } from './redaction.js';
import type { ReportPlace } from './redaction.sealer.js';

/** Which redaction a report is of, and which file came of it. */
export interface ReportSubject {
  readonly redactionId: string;
  readonly redactedFileId: string;
}

export interface SealedReport extends ReportSubject {
  readonly version: number;
  readonly sealed: Buffer;
}

/** An outcome without its report. */
export type OutcomeRow = Omit<DocumentOutcome, 'result' | 'documentId'> & {
  readonly status: 'completed' | 'failed';
};

const UPSERT = `
  INSERT INTO redaction_reports
    (document_id, organization_id, redaction_id, redacted_file_id, version, report_sealed)
  VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (document_id) DO UPDATE
    SET redaction_id = $3, redacted_file_id = $4, version = $5, report_sealed = $6, created_at = now()`;

const NEWEST = `
  SELECT d.redaction_id AS "redactionId", d.status, d.finished_at AS "finishedAt", d.error_code AS "errorCode",
         d.error_page AS "errorPage",
         CASE WHEN r.policy_id IS NOT NULL
              THEN json_build_object('id', r.policy_id, 'version', r.policy_version) END AS policy
    FROM redaction_documents d JOIN redactions r ON r.id = d.redaction_id
   WHERE d.organization_id = $1 AND d.document_id = $2 AND d.status IN ('completed', 'failed')
   ORDER BY d.finished_at DESC, d.redaction_id DESC LIMIT 1`;

/** What documents came to: of each the newest report there is. */
@Injectable()
export class RedactionReportsRepository {
  /** The version that the document's next report has. */
  async nextVersion(organizationId: string, documentId: string, tx: Tx): Promise<number> {
    const sql = 'SELECT version FROM redaction_reports WHERE organization_id = $1 AND document_id = $2';
    return ((await tx.query(sql, [organizationId, documentId]))[0]?.version ?? 0) + 1;
  }

  async put(
    { organizationId, documentId, version }: ReportPlace,
    { redactionId, redactedFileId }: ReportSubject,
    sealed: Buffer,
    tx: Tx,
  ): Promise<void> {
    const values = [documentId, organizationId, redactionId, redactedFileId, version, sealed];
    await tx.query(UPSERT, values);
  }

  async find(organizationId: string, documentId: string, db: Tx): Promise<SealedReport | undefined> {
    const rows = await db.query(
      `SELECT redaction_id AS "redactionId", redacted_file_id AS "redactedFileId", version, report_sealed AS sealed
         FROM redaction_reports WHERE organization_id = $1 AND document_id = $2`,
      [organizationId, documentId],
    );
    return rows[0];
  }

  /** What the document's newest redaction came to that has ended by itself. */
  async findNewest(organizationId: string, documentId: string, db: Tx): Promise<OutcomeRow | undefined> {
    return (await db.query(NEWEST, [organizationId, documentId]))[0];
  }
}
