import {
  BooleanField,
  NumberField,
  ObjectField,
  ObjectsField,
  StringField,
} from '../../../platform/http/fields.js';
import { ListDto, ListQuery, SortField } from '../../../platform/http/listing.js';
import { INDEXABLE_FORMATS, type IndexableFormat } from '../../indexing/indexable-formats.js';
import {
  EMBEDDING_STATUSES,
  type EmbeddingStatus,
  INDEXING_STAGES,
  INDEXING_STATUSES,
  type IndexingStage,
  type IndexingStatus,
} from '../knowledge-document.js';

const DATE = { maxLength: 40, optional: true } as const;

export class IndexingErrorDto {
  @StringField()
  code: string;

  @StringField()
  message: string;
}

export class IndexingProgressDto {
  @StringField({ enum: INDEXING_STAGES })
  stage: IndexingStage;

  @NumberField({ integer: true, minimum: 0 })
  done: number;

  @NumberField({ integer: true, minimum: 0 })
  total: number;
}

export class KnowledgeDocumentDto {
  @StringField()
  id: string;

  @StringField()
  knowledge_base_id: string;

  @StringField()
  project_id: string;

  @StringField()
  file_id: string;

  @StringField({ redact: true })
  filename: string;

  @StringField({ enum: INDEXABLE_FORMATS })
  format: string;

  @NumberField({ integer: true, minimum: 0 })
  size: number;

  @StringField({ enum: INDEXING_STATUSES })
  status: IndexingStatus;

  @BooleanField()
  searchable: boolean;

  @ObjectField(() => IndexingErrorDto, { nullable: true })
  error: IndexingErrorDto | null;

  @ObjectField(() => IndexingProgressDto, { nullable: true })
  progress: IndexingProgressDto | null;

  @NumberField({ integer: true, minimum: 0, nullable: true })
  page_count: number | null;

  @NumberField({ integer: true, minimum: 0 })
  chunk_count: number;

  @NumberField({ integer: true, minimum: 0 })
  character_count: number;

  @BooleanField()
  redacted: boolean;

  @StringField({ nullable: true })
  partial_reason: string | null;

  @StringField({ enum: EMBEDDING_STATUSES })
  embedding_status: EmbeddingStatus;

  @ObjectField(() => IndexingErrorDto, { nullable: true })
  embedding_error: IndexingErrorDto | null;

  @StringField({ nullable: true })
  job_id: string | null;

  @StringField()
  created_by: string;

  @StringField({ format: 'date-time' })
  created_at: string;

  @StringField({ format: 'date-time' })
  updated_at: string;

  @StringField({ format: 'date-time', nullable: true })
  indexed_at: string | null;
}

/** The answer to an upload. */
export class UploadedKnowledgeDocumentDto extends KnowledgeDocumentDto {
  @BooleanField()
  duplicate: boolean;
}

export class KnowledgeDocumentListDto extends ListDto {
  @ObjectsField(() => KnowledgeDocumentDto)
  data: KnowledgeDocumentDto[];
}

export class KnowledgeDocumentQuery extends ListQuery {
  @StringField({ enum: INDEXING_STATUSES, optional: true })
  status?: IndexingStatus;

  @StringField({ enum: INDEXABLE_FORMATS, optional: true })
  format?: IndexableFormat;

  @StringField({ minLength: 1, maxLength: 1000, optional: true })
  filename?: string;

  @StringField(DATE)
  created_after?: string;

  @StringField(DATE)
  created_before?: string;

  @SortField(['created_at', 'size'])
  sort?: 'created_at' | 'size';
}
