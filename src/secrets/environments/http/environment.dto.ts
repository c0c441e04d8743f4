import { NumberField, ObjectsField, StringField } from '../../../platform/http/fields.js';
import { ListDto, ListQuery, SortField } from '../../../platform/http/listing.js';
import { ENVIRONMENT_TYPES, type EnvironmentType } from '../environment.js';

/** Letters, digits, - and _: what a name may be of, before it is put into lower case. */
export const ENVIRONMENT_NAME = { minLength: 2, maxLength: 100, pattern: '^[A-Za-z0-9_-]+$' } as const;
const DESCRIPTION = { maxLength: 500, redact: true, nullable: true, optional: true } as const;
const DATE = { maxLength: 40, optional: true } as const;

export class CreateEnvironmentDto {
  @StringField(ENVIRONMENT_NAME)
  name: string;

  @StringField({ enum: ENVIRONMENT_TYPES, default: 'development', optional: true })
  environment_type: EnvironmentType = 'development';

  @StringField(DESCRIPTION)
  description?: string | null;

  @StringField({ minLength: 1, maxLength: 100, optional: true })
  project_id?: string;
}

export class UpdateEnvironmentDto {
  @StringField({ ...ENVIRONMENT_NAME, optional: true })
  name?: string;

  @StringField({ enum: ENVIRONMENT_TYPES, optional: true })
  environment_type?: EnvironmentType;

  @StringField(DESCRIPTION)
  description?: string | null;
}

export class EnvironmentDto {
  @StringField()
  id: string;

  @StringField()
  name: string;

  @StringField({ enum: ENVIRONMENT_TYPES })
  environment_type: EnvironmentType;

  @StringField({ nullable: true, redact: true })
  description: string | null;

  @StringField()
  project_id: string;

  @StringField()
  organization_id: string;

  @NumberField({ integer: true, minimum: 0 })
  variable_count: number;

  @NumberField({ integer: true, minimum: 1 })
  version: number;

  @NumberField({ integer: true, minimum: 0 })
  revision: number;

  @StringField({ format: 'date-time' })
  revised_at: string;

  @StringField()
  created_by: string;

  @StringField({ format: 'date-time' })
  created_at: string;

  @StringField({ format: 'date-time' })
  updated_at: string;
}

export class EnvironmentListDto extends ListDto {
  @ObjectsField(() => EnvironmentDto)
  data: EnvironmentDto[];
}

/** Filters of a project's environments. */
export class ProjectEnvironmentQuery extends ListQuery {
  @SortField(['created_at', 'updated_at', 'name'])
  sort?: string;

  @StringField({ enum: ENVIRONMENT_TYPES, optional: true })
  environment_type?: EnvironmentType;

  @StringField({ minLength: 1, maxLength: 100, optional: true })
  name?: string;

  @StringField(DATE)
  created_after?: string;

  @StringField(DATE)
  created_before?: string;
}

export class EnvironmentQuery extends ProjectEnvironmentQuery {
  @StringField({ minLength: 1, maxLength: 100, optional: true })
  project_id?: string;
}
