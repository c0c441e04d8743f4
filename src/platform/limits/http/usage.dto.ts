import { NumberField, ObjectField, ObjectsField, StringField } from '../../http/fields.js';
import { REQUEST_WINDOWS } from '../window.js';
import { ApiKeyLimitsDto } from './api-key-limits.dto.js';

export class UsageWindowDto {
  @StringField({ enum: REQUEST_WINDOWS })
  name: string;

  @NumberField({ integer: true })
  limit: number;

  @NumberField({ integer: true })
  used: number;

  @NumberField({ integer: true })
  remaining: number;

  @StringField({ format: 'date-time' })
  resets_at: string;
}

export class UsageConcurrentDto {
  @NumberField({ integer: true })
  limit: number;

  @NumberField({ integer: true })
  used: number;
}

export class UsageDto {
  @StringField()
  plan: string;

  @ObjectsField(() => UsageWindowDto)
  windows: UsageWindowDto[];

  @ObjectField(() => UsageConcurrentDto, { nullable: true })
  concurrent: UsageConcurrentDto | null;

  @ObjectField(() => ApiKeyLimitsDto, { nullable: true })
  overrides: ApiKeyLimitsDto | null;
}
