import { NumberField, ObjectsField, StringField, StringsField } from '../../../platform/http/fields.js';

export class KnowledgeSearchDto {
  @StringField({ minLength: 1, maxLength: 4_000, redact: true })
  query: string;

  @NumberField({ integer: true, minimum: 1, maximum: 50, default: 10, optional: true })
  limit: number = 10;

  @StringsField({ maxItems: 1_000, maxLength: 100, optional: true })
  document_ids?: string[];
}

export class KnowledgePassageDto {
  @StringField()
  document_id: string;

  @StringField()
  knowledge_base_id: string;

  @StringField({ redact: true })
  filename: string;

  @StringField({ redact: true })
  text: string;

  @NumberField({ integer: true, minimum: 0 })
  start: number;

  @NumberField({ integer: true, minimum: 0 })
  end: number;

  @NumberField({ integer: true, minimum: 1, nullable: true })
  page: number | null;

  @NumberField({ integer: true, minimum: 1, nullable: true })
  last_page: number | null;

  @StringsField({ redact: true })
  headings: string[];

  @NumberField({ minimum: 0 })
  score: number;
}

export class KnowledgeSearchResultDto {
  @ObjectsField(() => KnowledgePassageDto)
  data: KnowledgePassageDto[];

  @StringField({ enum: ['lexical', 'hybrid'] })
  ranking: 'lexical' | 'hybrid';
}
