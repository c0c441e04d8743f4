import { OptionalBody } from '../../../platform/http/field-registry.js';
import {
  NumberField,
  ObjectField,
  ObjectsField,
  StringField,
  StringsField,
} from '../../../platform/http/fields.js';
import { ListDto, ListQuery, SortField } from '../../../platform/http/listing.js';
import { PageQuery } from '../../../platform/http/paging.js';
import { WorkErrorDto } from '../../../platform/queue/http/job.dto.js';
import { JOB_STATUSES, type JobStatus } from '../../../platform/queue/job.js';
import { PolicyReferenceDto } from '../../http/text-response.dto.js';
import { ResourceConfigDto } from '../../resources/http/resource.dto.js';

/** Most documents of one redaction. */
export const MAX_DOCUMENTS = 10_000;

/** Base64 of what RSA with 3072 bits makes has 512 characters; there is room for longer keys. */
const ENCRYPTED = { maxLength: 1024, redact: true, optional: true } as const;

/** What is asked of documents, whose project is named elsewhere. Left empty, all of them are redacted. */
@OptionalBody()
export class CreateRedactionDto {
  @StringsField({ minLength: 1, maxLength: 100, minItems: 1, maxItems: MAX_DOCUMENTS, optional: true })
  document_ids?: string[];

  @StringField({ maxLength: 100, optional: true })
  processor_id?: string;

  @ObjectField(() => ResourceConfigDto, { optional: true })
  policy?: ResourceConfigDto;

  @StringField({ minLength: 1, maxLength: 100, optional: true })
  key_id?: string;

  @StringField(ENCRYPTED)
  encrypted_password?: string;

  @StringField(ENCRYPTED)
  encrypted_document_password?: string;
}

/** The same as the input of a job. */
export class RedactionJobDto extends CreateRedactionDto {
  @StringField({ minLength: 1, maxLength: 100 })
  project_id: string;
}

export class RedactionDto {
  @StringField()
  id: string;

  @StringField()
  job_id: string;

  @StringField()
  project_id: string;

  @StringField({ enum: JOB_STATUSES })
  status: JobStatus;

  @NumberField({ integer: true, minimum: 1 })
  documents: number;

  @NumberField({ integer: true, minimum: 0 })
  completed: number;

  @NumberField({ integer: true, minimum: 0 })
  failed: number;

  @ObjectField(() => PolicyReferenceDto, { nullable: true })
  policy: PolicyReferenceDto | null;

  @StringField()
  created_by: string;

  @StringField({ format: 'date-time' })
  created_at: string;

  @StringField({ format: 'date-time', nullable: true })
  finished_at: string | null;
}

export class RedactionQuery extends ListQuery {
  @SortField(['created_at'])
  sort?: string;
}

export class RedactionListDto extends ListDto {
  @ObjectsField(() => RedactionDto)
  data: RedactionDto[];
}

/** Why one document was not redacted. */
export class DocumentErrorDto extends WorkErrorDto {
  /** From 1, where one page is at fault. */
  @NumberField({ integer: true, minimum: 1, nullable: true })
  page: number | null;
}

export class RedactionDocumentDto {
  @StringField()
  document_id: string;

  @StringField({ enum: JOB_STATUSES })
  status: JobStatus;

  @NumberField({ integer: true, minimum: 0, nullable: true })
  redactions: number | null;

  @StringField({ nullable: true })
  redacted_file_id: string | null;

  @ObjectField(() => DocumentErrorDto, { nullable: true })
  error: DocumentErrorDto | null;

  @StringField({ format: 'date-time', nullable: true })
  started_at: string | null;

  @StringField({ format: 'date-time', nullable: true })
  finished_at: string | null;
}

/** Documents come in their order and no other. */
export class RedactionDocumentQuery extends PageQuery {
  @StringField({ minLength: 1, maxLength: 1000, optional: true })
  cursor?: string;

  @StringField({ enum: JOB_STATUSES, optional: true })
  status?: JobStatus;
}

export class RedactionDocumentListDto extends ListDto {
  @ObjectsField(() => RedactionDocumentDto)
  data: RedactionDocumentDto[];
}
