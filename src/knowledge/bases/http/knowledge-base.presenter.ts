import type { KnowledgeBase } from '../knowledge-base.js';
import type { KnowledgeBaseDto } from './knowledge-base.dto.js';

export const presentKnowledgeBase = (base: KnowledgeBase): KnowledgeBaseDto => ({
  id: base.id,
  name: base.name,
  description: base.description,
  project_id: base.projectId,
  organization_id: base.organizationId,
  chunk_size: base.chunkSize,
  chunk_overlap: base.chunkOverlap,
  redact: base.redact,
  processor_id: base.processorId,
  embedding_model: base.embeddingModel,
  document_count: base.documentCount,
  indexed_count: base.indexedCount,
  chunk_count: base.chunkCount,
  revision: base.revision,
  version: base.version,
  created_by: base.createdBy,
  created_at: base.createdAt.toISOString(),
  updated_at: base.updatedAt.toISOString(),
});
