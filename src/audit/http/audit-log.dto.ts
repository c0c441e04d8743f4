import {
  CountsField,
  DetailsField,
  NumberField,
  ObjectsField,
  StringField,
} from '../../platform/http/fields.js';
import { ListDto, ListQuery, SortField } from '../../platform/http/listing.js';
import { AUDIT_CATEGORIES, type AuditCategory } from '../audit-actions.js';

const NAME = { maxLength: 100, optional: true } as const;
const MOMENT = { maxLength: 40, optional: true } as const;

export class AuditLogQuery extends ListQuery {
  @StringField({ maxLength: 1000, optional: true })
  action?: string;

  @StringField({ enum: AUDIT_CATEGORIES, optional: true })
  category?: AuditCategory;

  @StringField(NAME)
  organization_id?: string;

  @StringField(NAME)
  project_id?: string;

  @StringField(NAME)
  user_id?: string;

  @StringField({ enum: ['user', 'api_key', 'system'], optional: true })
  actor_type?: string;

  @StringField(NAME)
  actor_id?: string;

  @StringField(NAME)
  target_type?: string;

  @StringField(NAME)
  target_id?: string;

  @StringField(NAME)
  request_id?: string;

  @StringField(MOMENT)
  created_after?: string;

  @StringField(MOMENT)
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

  @StringField({ nullable: true })
  user_id: string | null;

  @StringField({ redact: true })
  user_name: string;

  @StringField({ redact: true })
  user_email: string;

  @StringField({ nullable: true })
  subject_user_id: string | null;

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

  @DetailsField({ nullable: true })
  details: Record<string, string | number | boolean> | null;

  @StringField({ format: 'date-time' })
  created_at: string;
}

export class AuditLogListDto extends ListDto {
  @ObjectsField(() => AuditLogDto)
  data: AuditLogDto[];
}
