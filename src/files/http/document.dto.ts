import { ApiProperty } from '@nestjs/swagger';
import {
  BooleanField,
  NumberField,
  ObjectField,
  ObjectsField,
  StringField,
} from '../../platform/http/fields.js';
import { ListDto, ListQuery, SortField } from '../../platform/http/listing.js';
import {
  DOCUMENT_STATUSES,
  type DocumentStatus,
  REDACTION_STATUSES,
  type RedactionStatus,
} from '../document.js';
import { type FileFormat, FORMATS } from '../formats/file-format.js';

const DATE = { maxLength: 40, optional: true } as const;

/** A form that is but a file: it is read as it arrives, so that this class declares it and nothing more. */
export class UploadFileDto {
  @ApiProperty({ type: 'string', format: 'binary' })
  file: string;
}

/** The form of an upload. It is read as it arrives, so that this class declares it and nothing more. */
export class UploadFormDto {
  @ApiProperty({ type: 'string', format: 'binary' })
  file: string;

  @ApiProperty({ type: 'string', required: false })
  project_id?: string;

  @ApiProperty({ type: 'string', required: false })
  knowledge_base_id?: string;

  @ApiProperty({ type: 'boolean', required: false })
  redact?: boolean;

  @ApiProperty({ type: 'string', required: false })
  processor_id?: string;
}

export class UploadedFileDto {
  @StringField()
  file_id: string;

  @StringField()
  document_id: string;

  @StringField()
  project_id: string;

  @StringField({ nullable: true })
  knowledge_base_id: string | null;

  @StringField({ redact: true })
  filename: string;

  @StringField({ enum: FORMATS })
  format: FileFormat;

  @NumberField({ integer: true, minimum: 0 })
  size: number;

  @StringField({ enum: DOCUMENT_STATUSES })
  status: DocumentStatus;

  @StringField({ enum: REDACTION_STATUSES })
  redaction_status: RedactionStatus;

  @BooleanField()
  duplicate: boolean;
}

export class DocumentDto {
  @StringField()
  id: string;

  @StringField()
  project_id: string;

  @StringField({ nullable: true })
  knowledge_base_id: string | null;

  @StringField()
  file_id: string;

  @StringField({ nullable: true })
  redacted_file_id: string | null;

  @StringField({ redact: true })
  filename: string;

  @StringField({ enum: FORMATS })
  format: FileFormat;

  @NumberField({ integer: true, minimum: 0 })
  size: number;

  @StringField({ enum: DOCUMENT_STATUSES })
  status: DocumentStatus;

  @StringField({ enum: REDACTION_STATUSES })
  redaction_status: RedactionStatus;

  @StringField()
  created_by: string;

  @StringField({ format: 'date-time' })
  created_at: string;

  @StringField({ format: 'date-time' })
  updated_at: string;
}

export class DocumentListDto extends ListDto {
  @ObjectsField(() => DocumentDto)
  data: DocumentDto[];
}

/** What a list of one project's documents takes. */
export class ProjectDocumentQuery extends ListQuery {
  @StringField({ enum: DOCUMENT_STATUSES, optional: true })
  status?: DocumentStatus;

  @StringField({ enum: REDACTION_STATUSES, optional: true })
  redaction_status?: RedactionStatus;

  @StringField({ enum: FORMATS, optional: true })
  format?: FileFormat;

  @StringField({ minLength: 1, maxLength: 1000, optional: true })
  filename?: string;

  @StringField(DATE)
  created_after?: string;

  @StringField(DATE)
  created_before?: string;

  @SortField(['created_at', 'size'])
  sort?: 'created_at' | 'size';
}

export class DocumentQuery extends ProjectDocumentQuery {
  @StringField({ maxLength: 100, optional: true })
  project_id?: string;

  @StringField({ maxLength: 100, optional: true })
  knowledge_base_id?: string;
}

export class DueDocumentsDto {
  @NumberField({ integer: true, minimum: 0 })
  documents: number;

  @NumberField({ integer: true, minimum: 0 })
  size_bytes: number;

  @StringField({ format: 'date-time', nullable: true })
  oldest_created_at: string | null;
}

export class RetentionDto {
  @NumberField({ integer: true, minimum: 1, nullable: true })
  retention_days: number | null;

  @BooleanField()
  legal_hold: boolean;

  @ObjectField(() => DueDocumentsDto)
  due: DueDocumentsDto;

  @StringField({ format: 'date-time', nullable: true })
  next_due_at: string | null;
}
