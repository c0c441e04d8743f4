import type { DocumentReport } from '../document-report.js';
import type { Erasure, ErasureSubject } from '../erasure.js';
import type { ErasureDocumentsDto, ErasureDto, ErasureSubjectDto } from './erasure.dto.js';

function presentSubject(subject: ErasureSubject): ErasureSubjectDto {
  if ('userId' in subject) return { user_id: subject.userId, account: subject.withAccount };
  if ('environmentId' in subject) return { environment_id: subject.environmentId };
  if ('variableId' in subject) return { variable_id: subject.variableId, version: subject.version };
  return 'projectId' in subject ? { project_id: subject.projectId } : { type: subject.type };
}

export const presentDocuments = (report: DocumentReport | null): ErasureDocumentsDto | null =>
  report && {
    action: report.action,
    total: report.total,
    searched: report.searched,
    found_ids: [...report.foundIds],
    unread_ids: [...report.unreadIds],
    unread_reasons: { ...report.unreadReasons },
  };

export const presentErasure = (erasure: Erasure): ErasureDto => ({
  id: erasure.id,
  status: erasure.status,
  subject: presentSubject(erasure.subject),
  counts: { ...erasure.counts },
  documents: presentDocuments(erasure.documentReport),
  reason: erasure.reason,
  requested_by: erasure.requestedBy,
  job_id: erasure.jobId,
  error_code: erasure.errorCode,
  created_at: erasure.createdAt.toISOString(),
  completed_at: erasure.completedAt?.toISOString() ?? null,
  reapplied_at: erasure.reappliedAt?.toISOString() ?? null,
  record: erasure.record && {
    statement: erasure.record.statement,
    signature: erasure.record.signature.toString('base64'),
    public_key: erasure.record.publicKey.toString('base64'),
  },
});
