import type { DocumentDto } from '../../files/index.js';
import type { SeroDocumentDto } from './sero-document.dto.js';

export const presentSeroDocument = (document: DocumentDto): SeroDocumentDto => ({
  id: document.id,
  filename: document.filename,
  size: document.size,
  status: document.status,
  uploaded_at: document.created_at,
  redaction_status: document.redaction_status,
});
