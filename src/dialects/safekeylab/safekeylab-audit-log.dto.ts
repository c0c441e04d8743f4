import { NumberField, ObjectField, ObjectsField, StringField } from '../../platform/http/fields.js';

export class SafekeylabAuditLogQuery {
  @StringField({ maxLength: 40, optional: true })
  start_date?: string;

  @StringField({ maxLength: 40, optional: true })
  end_date?: string;

  @NumberField({ integer: true, minimum: 1, default: 100, optional: true })
  limit = 100;

  @NumberField({ integer: true, minimum: 0, maximum: 100_000_000, default: 0, optional: true })
  offset = 0;
}

export class SafekeylabAuditLogDto {
  @StringField({ format: 'date-time' })
  timestamp: string;

  @StringField()
  request_id: string;

  @StringField({ enum: ['process', 'detect', 'batch'] })
  action: string;

  @NumberField({ integer: true, minimum: 0 })
  entities_detected: number;

  @StringField({ nullable: true })
  method_used: string | null;

  @StringField({ nullable: true })
  user_agent: string | null;

  @StringField({ nullable: true })
  ip_address: string | null;
}

export class SafekeylabPaginationDto {
  @NumberField({ integer: true, minimum: 0 })
  total: number;

  @NumberField({ integer: true, minimum: 1 })
  limit: number;

  @NumberField({ integer: true, minimum: 0 })
  offset: number;
}

export class SafekeylabAuditLogListDto {
  @ObjectsField(() => SafekeylabAuditLogDto)
  logs: SafekeylabAuditLogDto[];

  @ObjectField(() => SafekeylabPaginationDto)
  pagination: SafekeylabPaginationDto;
}
