import { embeddingFailure } from '../../embeddings/embedding-failures.js';
import { indexingFailure } from '../../indexing/indexing-failures.js';
import type { IndexedDocument, KnowledgeDocument } from '../knowledge-document.js';
import type { KnowledgeDocumentDto } from './knowledge-document.dto.js';

export const presentKnowledgeDocument = ({
  document,
  indexing,
}: KnowledgeDocument): KnowledgeDocumentDto => ({
  id: document.id,
  knowledge_base_id: indexing.knowledgeBaseId,
  project_id: document.projectId,
  file_id: document.fileId,
  filename: document.name,
  format: document.format,
  size: document.size,
  status: indexing.status,
  searchable: indexing.edition > 0,
  error:
    indexing.errorCode === null
      ? null
      : { code: indexing.errorCode, message: indexingFailure(indexing.errorCode) },
  progress: progressOf(indexing),
  page_count: indexing.pageCount,
  chunk_count: indexing.chunkCount,
  character_count: indexing.characterCount,
  redacted: indexing.redacted,
  partial_reason: indexing.partialReason,
  embedding_status: indexing.embeddingStatus,
  embedding_error:
    indexing.embeddingError === null
      ? null
      : { code: indexing.embeddingError, message: embeddingFailure(indexing.embeddingError) },
  job_id: indexing.jobId,
  created_by: document.createdBy,
  created_at: document.createdAt.toISOString(),
  updated_at: document.updatedAt.toISOString(),
  indexed_at: indexing.indexedAt?.toISOString() ?? null,
});

const progressOf = ({ stage, stageDone: done, stageTotal: total }: IndexedDocument) =>
  stage === null ? null : { stage, done, total };
