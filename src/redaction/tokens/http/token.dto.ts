import { DataField, NumberField, ObjectsField, StringField } from '../../../platform/http/fields.js';
import { ListDto, ListQuery, SortField } from '../../../platform/http/listing.js';
import type { JsonValue } from '../../engine/structure/json-event.js';

const FORMATS = ['text', 'json', 'csv'] as const;
const REASONS = ['erased', 'unknown', 'malformed'] as const;

export class DetokenizeRequestDto {
  @DataField()
  data: JsonValue;

  @StringField({ enum: FORMATS, optional: true })
  format?: (typeof FORMATS)[number];

  @StringField({ maxLength: 100, optional: true })
  project_id?: string;
}

/** A token that was left as it stands. */
export class UnresolvedTokenDto {
  @StringField()
  token: string;

  @StringField({ enum: REASONS })
  reason: (typeof REASONS)[number];
}

export class DetokenizeResponseDto {
  @StringField()
  request_id: string;

  @DataField()
  data: JsonValue;

  @NumberField({ integer: true, minimum: 0 })
  restored: number;

  @ObjectsField(() => UnresolvedTokenDto, { maxItems: 100 })
  unresolved: UnresolvedTokenDto[];

  @NumberField({ integer: true, minimum: 0 })
  unresolved_count: number;
}

/** A token, without its value. */
export class TokenDto {
  @StringField()
  token: string;

  @StringField()
  type: string;

  @StringField({ format: 'date-time' })
  created_at: string;

  @StringField({ format: 'date-time', nullable: true })
  erased_at: string | null;
}

export class TokenListDto extends ListDto {
  @ObjectsField(() => TokenDto)
  data: TokenDto[];
}

export class TokenQuery {
  @StringField({ maxLength: 100, optional: true })
  project_id?: string;
}

export class TokenListQuery extends ListQuery {
  @StringField({ maxLength: 64, optional: true })
  type?: string;

  @StringField({ maxLength: 100, optional: true })
  project_id?: string;

  @SortField(['created_at'])
  sort?: string;
}
