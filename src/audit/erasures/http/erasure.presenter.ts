import type { Erasure, ErasureSubject } from '../erasure.js';
import type { ErasureDto, ErasureSubjectDto } from './erasure.dto.js';

function presentSubject(subject: ErasureSubject): ErasureSubjectDto {
  if ('userId' in subject) return { user_id: subject.userId, account: subject.withAccount };
  return 'projectId' in subject ? { project_id: subject.projectId } : { type: subject.type };
}

export const presentErasure = (erasure: Erasure): ErasureDto => ({
  id: erasure.id,
  status: erasure.status,
  subject: presentSubject(erasure.subject),
  counts: { ...erasure.counts },
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
