import { CountsField, NumberField, ObjectsField, StringField } from '../../platform/http/fields.js';
import { ListDto, ListQuery, SortField } from '../../platform/http/listing.js';

export class AuditLogQuery extends ListQuery {
  @StringField({ maxLength: 100, optional: true })
  action?: string;

  @StringField({ maxLength: 100, optional: true })
  project_id?: string;

  @StringField({ maxLength: 100, optional: true })
  actor_id?: string;

  @StringField({ maxLength: 100, optional: true })
  target_type?: string;

  @StringField({ maxLength: 100, optional: true })
  target_id?: string;

  @StringField({ maxLength: 100, optional: true })
  request_id?: string;

  @StringField({ maxLength: 40, optional: true })
  created_after?: string;

  @StringField({ maxLength: 40, optional: true })
  created_before?: string;

  @SortField(['created_at'])
  sort?: string;
}

export class AuditLogDto {
  @StringField()
  id: string;

  @NumberField({ integer: true })
  number: number;

  @StringField()
  organization_id: string;

  @StringField({ nullable: true })
  project_id: string | null;

  @StringField()
  actor_type: string;

  @StringField()
  actor_id: string;

  @StringField()
  action: string;

  @StringField({ nullable: true })
  target_type: string | null;

  @StringField({ nullable: true })
  target_id: string | null;

  @StringField()
  request_id: string;

  @CountsField()
  counts: Record<string, number>;

  @StringField({ nullable: true })
  ip_address: string | null;

  @StringField({ nullable: true })
  user_agent: string | null;

  @StringField({ nullable: true })
  method_used: string | null;

  @StringField({ nullable: true })
  policy_id: string | null;

  @NumberField({ integer: true, nullable: true })
  policy_version: number | null;

  @StringField({ format: 'date-time' })
  created_at: string;
}

export class AuditLogListDto extends ListDto {
  @ObjectsField(() => AuditLogDto)
  data: AuditLogDto[];
}
