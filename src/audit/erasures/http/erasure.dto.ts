import { DOCUMENT_ACTIONS, type DocumentAction } from '../../../platform/erasure/document-search.js';
import {
  BooleanField,
  CountsField,
  NumberField,
  ObjectField,
  ObjectsField,
  StringField,
  StringsField,
} from '../../../platform/http/fields.js';
import { ListDto, ListQuery, SortField } from '../../../platform/http/listing.js';
import { ERASURE_STATUSES, type ErasureStatus } from '../erasure.js';

export class CreateErasureDto {
  @StringField({ maxLength: 100, optional: true })
  user_id?: string;

  @StringField({ pattern: '^[A-Za-z][A-Za-z0-9_]{0,63}$', optional: true })
  type?: string;

  @StringField({ minLength: 1, maxLength: 4096, redact: true, optional: true })
  value?: string;

  @StringField({ minLength: 1, maxLength: 1000, redact: true, optional: true })
  reason?: string;

  @StringField({ enum: DOCUMENT_ACTIONS, default: 'keep', optional: true })
  documents?: DocumentAction;

  @BooleanField({ default: false, optional: true })
  dry_run?: boolean;
}

/** Whom or what it is about. */
export class ErasureSubjectDto {
  @StringField({ optional: true })
  user_id?: string;

  @BooleanField({ optional: true })
  account?: boolean;

  @StringField({ optional: true })
  project_id?: string;

  @StringField({ optional: true })
  environment_id?: string;

  @StringField({ optional: true })
  variable_id?: string;

  @NumberField({ integer: true, minimum: 1, optional: true })
  version?: number;

  @StringField({ optional: true })
  type?: string;
}

/** What the instance states that it has erased, signed. */
export class ErasureRecordDto {
  @StringField()
  statement: string;

  @StringField()
  signature: string;

  @StringField()
  public_key: string;
}

/** What looking into the files of documents came to. */
export class ErasureDocumentsDto {
  @StringField({ enum: DOCUMENT_ACTIONS })
  action: DocumentAction;

  @NumberField({ integer: true, minimum: 0 })
  total: number;

  @NumberField({ integer: true, minimum: 0 })
  searched: number;

  @StringsField()
  found_ids: string[];

  @StringsField()
  unread_ids: string[];

  @CountsField()
  unread_reasons: Record<string, number>;
}

export class ErasureDto {
  @StringField()
  id: string;

  @StringField({ enum: ERASURE_STATUSES })
  status: ErasureStatus;

  @ObjectField(() => ErasureSubjectDto)
  subject: ErasureSubjectDto;

  @CountsField()
  counts: Record<string, number>;

  @ObjectField(() => ErasureDocumentsDto, { nullable: true })
  documents: ErasureDocumentsDto | null;

  @StringField({ nullable: true, redact: true })
  reason: string | null;

  @StringField({ nullable: true })
  requested_by: string | null;

  @StringField({ nullable: true })
  job_id: string | null;

  @StringField({ nullable: true })
  error_code: string | null;

  @StringField({ format: 'date-time' })
  created_at: string;

  @StringField({ format: 'date-time', nullable: true })
  completed_at: string | null;

  @StringField({ format: 'date-time', nullable: true })
  reapplied_at: string | null;

  @ObjectField(() => ErasureRecordDto, { nullable: true })
  record: ErasureRecordDto | null;
}

/** What an erasure would come to. */
export class ErasureRehearsalDto {
  @BooleanField()
  dry_run: boolean;

  @CountsField()
  counts: Record<string, number>;

  @ObjectField(() => ErasureDocumentsDto, { nullable: true })
  documents: ErasureDocumentsDto | null;
}

export class ErasureListDto extends ListDto {
  @ObjectsField(() => ErasureDto)
  data: ErasureDto[];
}

export class ErasureQuery extends ListQuery {
  @StringField({ enum: ERASURE_STATUSES, optional: true })
  status?: ErasureStatus;

  @StringField({ maxLength: 100, optional: true })
  user_id?: string;

  @SortField(['created_at'])
  sort?: string;
}
