import { NumberField, ObjectsField, StringField } from '../../../platform/http/fields.js';
import { ListDto, ListQuery, SortField } from '../../../platform/http/listing.js';
import { ORGANIZATION_ROLES, type OrganizationRole } from '../../../platform/http/permission.js';

export class UpdateMemberDto {
  @StringField({ enum: ORGANIZATION_ROLES })
  role: OrganizationRole;
}

export class MemberDto {
  @StringField()
  user_id: string;

  @NumberField({ integer: true, minimum: 1 })
  number: number;

  @StringField({ nullable: true, redact: true })
  username: string | null;

  @StringField({ nullable: true, redact: true })
  email: string | null;

  @StringField({ redact: true })
  full_name: string;

  @StringField({ enum: ORGANIZATION_ROLES })
  role: OrganizationRole;

  @StringField({ format: 'date-time' })
  joined_at: string;
}

export class MemberListDto extends ListDto {
  @ObjectsField(() => MemberDto)
  data: MemberDto[];
}

export class MemberQuery extends ListQuery {
  @StringField({ enum: ORGANIZATION_ROLES, optional: true })
  role?: OrganizationRole;

  @SortField(['created_at'])
  sort?: 'created_at';
}
