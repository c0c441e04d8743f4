import { NumberField, ObjectsField, StringField } from '../../platform/http/fields.js';
import { ListDto, ListQuery, SortField } from '../../platform/http/listing.js';
import { ORGANIZATION_ROLES, type OrganizationRole } from '../../platform/http/permission.js';

const NAME = { minLength: 2, maxLength: 100 } as const;
const DESCRIPTION = { maxLength: 500, redact: true, nullable: true, optional: true } as const;

export class CreateOrganizationDto {
  @StringField(NAME)
  name: string;

  @StringField(DESCRIPTION)
  description?: string | null;
}

export class UpdateOrganizationDto {
  @StringField({ ...NAME, optional: true })
  name?: string;

  @StringField(DESCRIPTION)
  description?: string | null;
}

export class OrganizationDto {
  @StringField()
  id: string;

  @NumberField({ integer: true, minimum: 1 })
  number: number;

  @StringField()
  name: string;

  @StringField({ nullable: true, redact: true })
  description: string | null;

  @NumberField({ integer: true, minimum: 0 })
  member_count: number;

  @NumberField({ integer: true, minimum: 0 })
  project_count: number;

  @StringField({ enum: ORGANIZATION_ROLES })
  user_role: OrganizationRole;

  @NumberField({ integer: true, minimum: 1 })
  version: number;

  @StringField({ format: 'date-time' })
  created_at: string;

  @StringField({ format: 'date-time' })
  updated_at: string;
}

export class OrganizationListDto extends ListDto {
  @ObjectsField(() => OrganizationDto)
  data: OrganizationDto[];
}

export class OrganizationQuery extends ListQuery {
  @StringField({ ...NAME, optional: true })
  name?: string;

  @StringField({ minLength: 1, maxLength: 100, optional: true })
  search?: string;

  @SortField(['created_at', 'updated_at', 'name'])
  sort?: 'created_at' | 'updated_at' | 'name';
}
