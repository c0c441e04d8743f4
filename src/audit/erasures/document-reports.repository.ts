import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { DocumentReport } from './document-report.js';

/** A job that may still carry an erasure on. */
const HAS_JOB = `EXISTS (SELECT FROM jobs j WHERE j.id = e.job_id AND j.status IN ('queued', 'running'))`;

/** How far the search of documents is for each erasure. */
@Injectable()
export class DocumentReportsRepository {
  async find(organizationId: string, id: string, db: Tx): Promise<DocumentReport | undefined> {
    const sql = 'SELECT document_report AS report FROM erasures WHERE organization_id = $1 AND id = $2';
    return (await db.query(sql, [organizationId, id]))[0]?.report ?? undefined;
  }

  /** The same of one that is not completed, and keeps others from changing it until the transaction ends. */
  async lock(organizationId: string, id: string, tx: Tx): Promise<DocumentReport | undefined> {
    const rows = await tx.query(
      `SELECT document_report AS report FROM erasures
        WHERE organization_id = $1 AND id = $2 AND status <> 'completed' FOR UPDATE`,
      [organizationId, id],
    );
    return rows[0]?.report ?? undefined;
  }

  /** Nothing where there is one already. */
  async begin(organizationId: string, id: string, report: DocumentReport, tx: Tx): Promise<void> {
    await tx.query(
      `UPDATE erasures SET document_report = $3
        WHERE organization_id = $1 AND id = $2 AND document_report IS NULL AND status <> 'completed'`,
      [organizationId, id, JSON.stringify(report)],
    );
  }

  /** @returns false when it is no longer as it `was`: others have come further */
  async advance(
    organizationId: string,
    id: string,
    was: DocumentReport,
    report: DocumentReport,
    tx: Tx,
  ): Promise<boolean> {
    const [, count] = await tx.query(
      `UPDATE erasures SET document_report = $4
        WHERE organization_id = $1 AND id = $2 AND status <> 'completed'
          AND document_report ->> 'cursor' = $3 AND (document_report ->> 'searched')::int = $5`,
      [organizationId, id, was.cursor, JSON.stringify(report), was.searched],
    );
    return count === 1;
  }

  /** Erasures whose search is all that is left, and which no job carries on; of whatever organization, the oldest first. */
  listLeft(db: Tx): Promise<{ readonly id: string; readonly organizationId: string }[]> {
    return db.query(
      `SELECT e.id, e.organization_id AS "organizationId" FROM erasures e
         JOIN organizations o ON o.id = e.organization_id AND o.deleted_at IS NULL
        WHERE e.status = 'running' AND e.document_report IS NOT NULL AND NOT ${HAS_JOB}
        ORDER BY e.created_at, e.id LIMIT 100`,
    );
  }
}
