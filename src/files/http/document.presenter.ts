import type { StoredDocument } from '../document.js';
import type { NamedFile } from '../documents.service.js';
import { MEDIA_TYPES } from '../formats/file-format.js';
import type { RetentionOutlook } from '../retention.service.js';
import type { PreparedUpload } from '../upload-preparation.service.js';
import type { DocumentDto, RetentionDto, UploadedFileDto } from './document.dto.js';
import type { FileDto } from './file.dto.js';

export const presentDocument = (document: StoredDocument): DocumentDto => ({
  id: document.id,
  project_id: document.projectId,
  knowledge_base_id: document.knowledgeBaseId,
  file_id: document.fileId,
  redacted_file_id: document.redactedFileId,
  filename: document.name,
  format: document.format,
  size: document.size,
  status: document.status,
  redaction_status: document.redactionStatus,
  created_by: document.createdBy,
  created_at: document.createdAt.toISOString(),
  updated_at: document.updatedAt.toISOString(),
});

export const presentUpload = ({ name, document }: PreparedUpload): UploadedFileDto =>
  presentTaken({ ...document, name }, false);

/** The answer to an upload whose content is there already. */
export const presentThere = (document: StoredDocument): UploadedFileDto => presentTaken(document, true);

const presentTaken = (document: Omit<StoredDocument, 'createdBy'>, isThere: boolean): UploadedFileDto => ({
  file_id: document.fileId,
  document_id: document.id,
  project_id: document.projectId,
  knowledge_base_id: document.knowledgeBaseId,
  filename: document.name,
  format: document.format,
  size: document.size,
  status: document.status,
  redaction_status: document.redactionStatus,
  duplicate: isThere,
});

export const presentFile = (file: NamedFile): FileDto => ({
  id: file.id,
  document_id: file.documentId,
  project_id: file.projectId,
  kind: file.kind,
  filename: file.name,
  media_type: MEDIA_TYPES[file.format],
  size: file.size,
  created_at: file.createdAt.toISOString(),
});

const instant = (date: Date | null): string | null => date?.toISOString() ?? null;

export const presentRetention = ({ retentionDays, legalHold, due }: RetentionOutlook): RetentionDto => ({
  retention_days: retentionDays,
  legal_hold: legalHold,
  due: {
    documents: due.documents,
    size_bytes: due.sizeBytes,
    oldest_created_at: instant(due.oldestCreatedAt),
  },
  next_due_at: instant(due.nextDueAt),
});
