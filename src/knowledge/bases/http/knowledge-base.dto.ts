import { BooleanField, NumberField, ObjectsField, StringField } from '../../../platform/http/fields.js';
import { ListDto, ListQuery, SortField } from '../../../platform/http/listing.js';
import { CHUNK_OVERLAP, CHUNK_SIZE } from '../knowledge-base.js';

const NAME = { minLength: 1, maxLength: 200, redact: true } as const;
const DESCRIPTION = { maxLength: 2_000, redact: true, nullable: true, optional: true } as const;
const DATE = { maxLength: 40, optional: true } as const;
const ID = { minLength: 1, maxLength: 100 } as const;
const MODEL = { minLength: 1, maxLength: 256 } as const;

export class CreateKnowledgeBaseDto {
  @StringField(NAME)
  name: string;

  @StringField(DESCRIPTION)
  description?: string | null;

  @StringField({ ...ID, optional: true })
  project_id?: string;

  @NumberField({ ...CHUNK_SIZE, integer: true, optional: true })
  chunk_size: number = CHUNK_SIZE.default;

  @NumberField({ ...CHUNK_OVERLAP, integer: true, optional: true })
  chunk_overlap: number = CHUNK_OVERLAP.default;

  @BooleanField({ default: false, optional: true })
  redact: boolean = false;

  @StringField({ ...ID, nullable: true, optional: true })
  processor_id?: string | null;

  @StringField({ ...MODEL, nullable: true, optional: true })
  embedding_model?: string | null;
}

export class UpdateKnowledgeBaseDto {
  @StringField({ ...NAME, optional: true })
  name?: string;

  @StringField(DESCRIPTION)
  description?: string | null;

  @NumberField({ minimum: CHUNK_SIZE.minimum, maximum: CHUNK_SIZE.maximum, integer: true, optional: true })
  chunk_size?: number;

  @NumberField({
    minimum: CHUNK_OVERLAP.minimum,
    maximum: CHUNK_OVERLAP.maximum,
    integer: true,
    optional: true,
  })
  chunk_overlap?: number;

  @BooleanField({ optional: true })
  redact?: boolean;

  @StringField({ ...ID, nullable: true, optional: true })
  processor_id?: string | null;

  @StringField({ ...MODEL, nullable: true, optional: true })
  embedding_model?: string | null;
}

export class KnowledgeBaseDto {
  @StringField()
  id: string;

  @StringField({ redact: true })
  name: string;

  @StringField({ nullable: true, redact: true })
  description: string | null;

  @StringField()
  project_id: string;

  @StringField()
  organization_id: string;

  @NumberField({ integer: true, minimum: 0 })
  chunk_size: number;

  @NumberField({ integer: true, minimum: 0 })
  chunk_overlap: number;

  @BooleanField()
  redact: boolean;

  @StringField({ nullable: true })
  processor_id: string | null;

  @StringField({ nullable: true })
  embedding_model: string | null;

  @NumberField({ integer: true, minimum: 0 })
  document_count: number;

  @NumberField({ integer: true, minimum: 0 })
  indexed_count: number;

  @NumberField({ integer: true, minimum: 0 })
  chunk_count: number;

  @NumberField({ integer: true, minimum: 0 })
  revision: number;

  @NumberField({ integer: true, minimum: 1 })
  version: number;

  @StringField()
  created_by: string;

  @StringField({ format: 'date-time' })
  created_at: string;

  @StringField({ format: 'date-time' })
  updated_at: string;
}

export class KnowledgeBaseListDto extends ListDto {
  @ObjectsField(() => KnowledgeBaseDto)
  data: KnowledgeBaseDto[];
}

export class KnowledgeBaseQuery extends ListQuery {
  @SortField(['created_at', 'updated_at'])
  sort?: string;

  @StringField({ ...ID, optional: true })
  project_id?: string;

  @StringField({ minLength: 1, maxLength: 200, optional: true })
  name?: string;

  @StringField(DATE)
  created_after?: string;

  @StringField(DATE)
  created_before?: string;
}
