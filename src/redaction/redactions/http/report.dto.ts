import {
  BooleanField,
  NumberField,
  ObjectField,
  ObjectsField,
  StringField,
} from '../../../platform/http/fields.js';
import { REMOVED_KINDS, RESIDUAL_RISKS } from '../../documents/redaction-report.js';
import { PolicyReferenceDto } from '../../http/text-response.dto.js';
import { DocumentErrorDto } from './redaction.dto.js';

const COUNT = { integer: true, minimum: 0 } as const;

export class PageCountDto {
  @NumberField({ integer: true, minimum: 1 })
  page: number;

  @NumberField({ integer: true, minimum: 1 })
  count: number;
}

export class RemovedEntitiesDto {
  @StringField()
  type: string;

  @NumberField(COUNT)
  count: number;

  @ObjectsField(() => PageCountDto)
  pages: PageCountDto[];
}

export class RemovedPartsDto {
  @StringField({ enum: REMOVED_KINDS })
  kind: string;

  @NumberField(COUNT)
  count: number;
}

export class RedactionCheckDto {
  @StringField()
  name: string;

  @BooleanField()
  passed: boolean;
}

export class RedactionVerificationDto {
  @BooleanField()
  passed: boolean;

  @ObjectsField(() => RedactionCheckDto)
  checks: RedactionCheckDto[];
}

export class ResidualRiskDto {
  @StringField({ enum: Object.keys(RESIDUAL_RISKS) })
  code: string;

  @StringField()
  message: string;
}

/** What happened to one document: types, counts and pages, never a value. */
export class RedactionReportDto {
  @StringField()
  format: string;

  @NumberField({ ...COUNT, nullable: true })
  pages: number | null;

  @NumberField(COUNT)
  redactions: number;

  @ObjectsField(() => RemovedEntitiesDto)
  entities: RemovedEntitiesDto[];

  @NumberField(COUNT)
  regions: number;

  @NumberField(COUNT)
  native_pages: number;

  @NumberField(COUNT)
  raster_pages: number;

  @ObjectsField(() => RemovedPartsDto)
  removed: RemovedPartsDto[];

  @NumberField(COUNT)
  characters_lost: number;

  @ObjectField(() => RedactionVerificationDto)
  verification: RedactionVerificationDto;

  @ObjectsField(() => ResidualRiskDto)
  residual_risks: ResidualRiskDto[];
}

/** What the newest finished redaction of a document came to. */
export class DocumentReportDto {
  @StringField()
  document_id: string;

  @StringField()
  redaction_id: string;

  @StringField({ nullable: true })
  redacted_file_id: string | null;

  @ObjectField(() => PolicyReferenceDto, { nullable: true })
  policy: PolicyReferenceDto | null;

  @ObjectField(() => RedactionReportDto, { nullable: true })
  report: RedactionReportDto | null;

  @ObjectField(() => DocumentErrorDto, { nullable: true })
  error: DocumentErrorDto | null;

  @StringField({ format: 'date-time' })
  created_at: string;
}
