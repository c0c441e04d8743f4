import { OptionalBody } from '../../../platform/http/field-registry.js';
import {
  BooleanField,
  NumberField,
  ObjectField,
  ObjectsField,
  StringField,
} from '../../../platform/http/fields.js';
import { ResourceConfigDto } from '../../resources/http/resource.dto.js';

/** Base64 of what RSA with 3072 bits makes has 512 characters; there is room for longer keys. */
const ENCRYPTED = { maxLength: 1024, redact: true, optional: true } as const;

/** What a preview follows: nothing, where the server's defaults are meant and the project has no password. */
@OptionalBody()
export class PreviewRequestDto {
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

export class PreviewPageRequestDto extends PreviewRequestDto {
  @NumberField({ integer: true, minimum: 1, maximum: 1_000_000 })
  page: number;

  @NumberField({ integer: true, minimum: 100, maximum: 2000, default: 1000, optional: true })
  width = 1000;

  @BooleanField({ default: true, optional: true })
  marked = true;
}

/** A place on a page, in fractions of its width and height from the top left corner. */
export class PreviewAreaDto {
  @NumberField()
  x: number;

  @NumberField()
  y: number;

  @NumberField()
  width: number;

  @NumberField()
  height: number;
}

export class PreviewFindingDto {
  @StringField()
  type: string;

  @NumberField({ minimum: 0, maximum: 1 })
  confidence: number;

  @StringField({ redact: true })
  text: string;

  @NumberField({ integer: true, minimum: 1, nullable: true })
  page: number | null;

  @ObjectsField(() => PreviewAreaDto)
  areas: PreviewAreaDto[];
}

export class PreviewCountDto {
  @StringField()
  type: string;

  @NumberField({ integer: true, minimum: 1 })
  count: number;
}

/** What a redaction would remove. */
export class PreviewDto {
  @StringField()
  document_id: string;

  @StringField()
  format: string;

  @NumberField({ integer: true, minimum: 0, nullable: true })
  pages: number | null;

  @ObjectsField(() => PreviewCountDto)
  counts: PreviewCountDto[];

  @ObjectsField(() => PreviewFindingDto)
  findings: PreviewFindingDto[];

  @BooleanField()
  truncated: boolean;
}
