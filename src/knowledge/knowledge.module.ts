import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { FilesModule } from '../files/index.js';
import { sealedTexts } from '../platform/erasure/sealed-texts.js';
import { tenantDirectory } from '../platform/http/tenant-directory.js';
import type { TaskDefinition } from '../platform/queue/task-definition.js';
import { ProjectsModule } from '../projects/index.js';
import { RedactionModule } from '../redaction/index.js';
import { KnowledgeBaseOperations } from './bases/http/knowledge-base-operations.js';
import { KnowledgeBasesController } from './bases/http/knowledge-bases.controller.js';
import { KnowledgeBaseChangesService } from './bases/knowledge-base-changes.service.js';
import { KnowledgeBaseNewsWriter } from './bases/knowledge-base-news.service.js';
import { KnowledgeBaseTexts } from './bases/knowledge-base-texts.service.js';
import { KnowledgeBasesRepository } from './bases/knowledge-bases.repository.js';
import { KnowledgeBasesService } from './bases/knowledge-bases.service.js';
import { DocumentTexts } from './documents/document-texts.service.js';
import { ErasableKnowledge } from './documents/erasable-knowledge.service.js';
import { ErasedKnowledge } from './documents/erased-knowledge.service.js';
import { KnowledgeDocumentOperations } from './documents/http/knowledge-document-operations.js';
import { KnowledgeDocumentsController } from './documents/http/knowledge-documents.controller.js';
import { KnowledgeChangesRepository } from './documents/knowledge-changes.repository.js';
import { KnowledgeCollections } from './documents/knowledge-collections.js';
import { KnowledgeDocumentsRepository } from './documents/knowledge-documents.repository.js';
import { KnowledgeDocumentsService } from './documents/knowledge-documents.service.js';
import { KnowledgeOutlines } from './documents/knowledge-outlines.service.js';
import { KnowledgeTextsRepository } from './documents/knowledge-texts.repository.js';
import { DocumentVectors } from './embeddings/document-vectors.service.js';
import { EmbeddingCompletion } from './embeddings/embedding-completion.service.js';
import { EmbeddingEndings } from './embeddings/embedding-endings.js';
import { EmbeddingIntake } from './embeddings/embedding-intake.service.js';
import { EmbeddingPreparation } from './embeddings/embedding-preparation.service.js';
import { Embeddings } from './embeddings/embeddings.service.js';
import { KnowledgeEmbeddingHandler } from './embeddings/knowledge-embedding.handler.js';
import { KNOWLEDGE_EMBEDDING } from './embeddings/knowledge-embedding.task.js';
import { KnowledgeVectorsRepository } from './embeddings/knowledge-vectors.repository.js';
import { DocumentReader } from './indexing/document-reader.service.js';
import { ErasedPassages } from './indexing/erased-passages.service.js';
import { ReindexJobType } from './indexing/http/reindex.job-type.js';
import { IndexingCompletion } from './indexing/indexing-completion.service.js';
import { IndexingEndings } from './indexing/indexing-endings.js';
import { IndexingIntake } from './indexing/indexing-intake.service.js';
import { IndexingNews } from './indexing/indexing-news.service.js';
import { IndexingPreparation } from './indexing/indexing-preparation.service.js';
import { IndexingProgress } from './indexing/indexing-progress.service.js';
import { KnowledgeDocumentHandler } from './indexing/knowledge-document.handler.js';
import { KNOWLEDGE_DOCUMENT } from './indexing/knowledge-document.task.js';
import { ReindexingService } from './indexing/reindexing.service.js';
import { TextRedaction } from './indexing/text-redaction.service.js';
import { KNOWLEDGE_TEXTS } from './knowledge-texts.js';
import { ProjectKnowledge } from './project-knowledge.js';
import { KnowledgeSearchController } from './search/http/knowledge-search.controller.js';
import { IndexLoader } from './search/index-loader.service.js';
import { KnowledgeIndexes } from './search/knowledge-indexes.service.js';
import { KnowledgeSearch } from './search/knowledge-search.service.js';
import { KnowledgeSources } from './search/knowledge-sources.service.js';

const BASES = [
  KnowledgeBaseChangesService,
  KnowledgeBaseNewsWriter,
  KnowledgeBaseOperations,
  KnowledgeBasesRepository,
  KnowledgeBasesService,
  KnowledgeBaseTexts,
  ProjectKnowledge,
];

const DOCUMENTS = [
  DocumentTexts,
  ErasableKnowledge,
  ErasedKnowledge,
  KnowledgeChangesRepository,
  KnowledgeCollections,
  KnowledgeDocumentOperations,
  KnowledgeDocumentsRepository,
  KnowledgeDocumentsService,
  KnowledgeOutlines,
  KnowledgeTextsRepository,
];

const INDEXING = [
  DocumentReader,
  ErasedPassages,
  IndexingCompletion,
  IndexingEndings,
  IndexingIntake,
  IndexingNews,
  IndexingPreparation,
  IndexingProgress,
  KnowledgeDocumentHandler,
  ReindexingService,
  ReindexJobType,
  TextRedaction,
];

const EMBEDDINGS = [
  DocumentVectors,
  EmbeddingCompletion,
  EmbeddingEndings,
  EmbeddingIntake,
  EmbeddingPreparation,
  Embeddings,
  KnowledgeEmbeddingHandler,
  KnowledgeVectorsRepository,
];

const SEARCH = [IndexLoader, KnowledgeIndexes, KnowledgeSearch, KnowledgeSources];

/** Knowledge bases: their documents, the texts of these, and finding passages in them. */
@Module({
  imports: [DiscoveryModule, FilesModule, ProjectsModule, RedactionModule],
  controllers: [KnowledgeBasesController, KnowledgeDocumentsController, KnowledgeSearchController],
  providers: [
    ...BASES,
    ...DOCUMENTS,
    ...INDEXING,
    ...EMBEDDINGS,
    ...SEARCH,
    sealedTexts(...KNOWLEDGE_TEXTS),
    tenantDirectory('kb', 'knowledge_bases', { project: 'project_id' }),
  ],
  exports: [KnowledgeSources],
})
export class KnowledgeModule {
  /** What its workers do. */
  static readonly TASKS: readonly TaskDefinition[] = [KNOWLEDGE_DOCUMENT, KNOWLEDGE_EMBEDDING];
}
