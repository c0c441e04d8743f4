import { RESIDUAL_RISKS, type RedactionReport } from '../../documents/redaction-report.js';
import { failureText } from '../failure-texts.js';
import type { DocumentOutcome, DocumentProgress, RedactionWithJob } from '../redaction.js';
import type { DocumentErrorDto, RedactionDocumentDto, RedactionDto } from './redaction.dto.js';
import type { DocumentReportDto, RedactionReportDto } from './report.dto.js';

const time = (date: Date | null): string | null => date?.toISOString() ?? null;

export const presentRedaction = ({ redaction, job }: RedactionWithJob): RedactionDto => ({
  id: redaction.id,
  job_id: redaction.jobId,
  project_id: redaction.projectId,
  status: job.status,
  documents: redaction.documents,
  completed: job.itemsCompleted,
  failed: job.itemsFailed,
  policy: redaction.policy,
  created_by: redaction.createdBy,
  created_at: redaction.createdAt.toISOString(),
  finished_at: time(job.finishedAt),
});

/** Why a document has no result; null while it may still get one. */
function errorOf({
  errorCode,
  errorPage,
}: Pick<DocumentProgress, 'errorCode' | 'errorPage'>): DocumentErrorDto | null {
  return errorCode === null ? null : { code: errorCode, message: failureText(errorCode), page: errorPage };
}

export const presentRedactionDocument = (document: DocumentProgress): RedactionDocumentDto => ({
  document_id: document.documentId,
  status: document.status,
  redactions: document.redactions,
  redacted_file_id: document.redactedFileId,
  error: document.status === 'failed' ? errorOf(document) : null,
  started_at: time(document.startedAt),
  finished_at: time(document.finishedAt),
});

function presentReport(report: RedactionReport): RedactionReportDto {
  return {
    ...{ format: report.format, pages: report.pages, redactions: report.redactions },
    entities: report.entities.map(({ type, count, pages }) => ({
      type,
      count,
      pages: pages.map(({ page, count: onPage }) => ({ page, count: onPage })),
    })),
    ...{ regions: report.regions, native_pages: report.native_pages, raster_pages: report.raster_pages },
    removed: report.removed.map(({ kind, count }) => ({ kind, count })),
    characters_lost: report.characters_lost,
    verification: {
      passed: report.verification.passed,
      checks: report.verification.checks.map(({ name, passed }) => ({ name, passed })),
    },
    residual_risks: report.residual_risks.map((code) => ({ code, message: RESIDUAL_RISKS[code] })),
  };
}

export const presentOutcome = (outcome: DocumentOutcome): DocumentReportDto => ({
  document_id: outcome.documentId,
  redaction_id: outcome.redactionId,
  redacted_file_id: outcome.result?.redactedFileId ?? null,
  policy: outcome.policy,
  report: outcome.result ? presentReport(outcome.result.report) : null,
  error: outcome.result ? null : errorOf(outcome),
  created_at: outcome.finishedAt.toISOString(),
});
