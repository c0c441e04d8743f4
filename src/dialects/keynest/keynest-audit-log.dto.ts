import { DetailsField, NumberField, ObjectsField, StringField } from '../../platform/http/fields.js';
import { KeynestListDto } from './keynest-list.dto.js';
import { KeynestListQuery } from './keynest-list.query.js';

export class KeynestAuditLogDto {
  @NumberField({ integer: true, minimum: 1 })
  id: number;

  @StringField({ redact: true })
  user_name: string;

  @StringField({ redact: true })
  user_email: string;

  @StringField()
  action: string;

  @StringField()
  target_type: string;

  @NumberField({ integer: true, minimum: 1, nullable: true })
  target_id: number | null;

  @DetailsField()
  details: Record<string, string | number | boolean>;

  @StringField({ nullable: true })
  ip_address: string | null;

  @StringField({ format: 'date-time' })
  timestamp: string;
}

export class KeynestAuditLogListDto extends KeynestListDto {
  @ObjectsField(() => KeynestAuditLogDto)
  results: KeynestAuditLogDto[];
}

const NAME = { minLength: 1, maxLength: 100, optional: true } as const;
const DAY = { maxLength: 40, optional: true } as const;

export class KeynestAuditLogQuery extends KeynestListQuery {
  @NumberField({ integer: true, minimum: 1, maximum: 999_999_999_999_999, optional: true })
  user?: number;

  @StringField(NAME)
  action?: string;

  @StringField(NAME)
  target_type?: string;

  @StringField(DAY)
  date_from?: string;

  @StringField(DAY)
  date_to?: string;
}
