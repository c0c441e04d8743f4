import { BooleanField, NumberField, ObjectsField, StringField } from '../../../platform/http/fields.js';
import { ListDto, ListQuery, SortField } from '../../../platform/http/listing.js';
import { DEFAULT_MINUTES, MAX_MINUTES } from '../break-glass.js';

export class OpenBreakGlassDto {
  @StringField({ minLength: 1, maxLength: 100 })
  organization_id: string;

  @StringField({ minLength: 1, maxLength: 100, nullable: true, optional: true })
  project_id?: string | null;

  @StringField({ minLength: 10, maxLength: 1000, redact: true })
  reason: string;

  @NumberField({ integer: true, minimum: 1, maximum: MAX_MINUTES, default: DEFAULT_MINUTES, optional: true })
  minutes = DEFAULT_MINUTES;
}

export class BreakGlassQuery extends ListQuery {
  @StringField({ maxLength: 100, optional: true })
  organization_id?: string;

  @BooleanField({ optional: true })
  active?: boolean;

  @SortField(['created_at'])
  sort?: string;
}

export class BreakGlassDto {
  @StringField()
  id: string;

  @StringField()
  user_id: string;

  @StringField()
  organization_id: string;

  @StringField({ nullable: true })
  project_id: string | null;

  @StringField({ redact: true })
  reason: string;

  @BooleanField()
  active: boolean;

  @StringField({ format: 'date-time' })
  created_at: string;

  @StringField({ format: 'date-time' })
  expires_at: string;

  @StringField({ format: 'date-time', nullable: true })
  ended_at: string | null;
}

export class BreakGlassListDto extends ListDto {
  @ObjectsField(() => BreakGlassDto)
  data: BreakGlassDto[];
}
