import { UserNames } from '../../../accounts/index.js';
import { ObjectsField, StringField } from '../../../platform/http/fields.js';
import { ListDto, ListQuery, SortField } from '../../../platform/http/listing.js';
import { ORGANIZATION_ROLES, type OrganizationRole } from '../../../platform/http/permission.js';

export class CreateProjectShareDto {
  @StringField({
    maxLength: UserNames.MAX_EMAIL,
    pattern: UserNames.EMAIL_PATTERN,
    redact: true,
    optional: true,
  })
  email?: string;

  @StringField({ minLength: 1, maxLength: 100, optional: true })
  user_id?: string;

  @StringField({ enum: ORGANIZATION_ROLES })
  role: OrganizationRole;
}

export class UpdateProjectShareDto {
  @StringField({ enum: ORGANIZATION_ROLES })
  role: OrganizationRole;
}

export class ProjectShareDto {
  @StringField()
  id: string;

  @StringField()
  project_id: string;

  @StringField()
  user_id: string;

  @StringField({ nullable: true, redact: true })
  email: string | null;

  @StringField({ redact: true })
  full_name: string;

  @StringField({ enum: ORGANIZATION_ROLES })
  role: OrganizationRole;

  @StringField()
  created_by: string;

  @StringField({ format: 'date-time' })
  created_at: string;
}

export class ProjectShareListDto extends ListDto {
  @ObjectsField(() => ProjectShareDto)
  data: ProjectShareDto[];
}

export class ProjectShareQuery extends ListQuery {
  @SortField(['created_at'])
  sort?: 'created_at';
}
