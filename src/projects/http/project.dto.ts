import {
  BooleanField,
  NumberField,
  ObjectsField,
  StringField,
  StringsField,
} from '../../platform/http/fields.js';
import { ListDto, ListQuery, SortField } from '../../platform/http/listing.js';
import { PROJECT_STATUSES, type ProjectStatus } from '../project.js';
import { MAX_PASSWORD, MIN_PASSWORD } from '../project-password.policy.js';

const ID = { minLength: 1, maxLength: 100 } as const;
const NAME = { minLength: 1, maxLength: 100 } as const;
const DESCRIPTION = { maxLength: 500, redact: true, nullable: true, optional: true } as const;
const RETENTION = { integer: true, minimum: 1, maximum: 36_500, nullable: true, optional: true } as const;

/** A password in clear. */
export const PASSWORD = {
  minLength: MIN_PASSWORD,
  maxLength: MAX_PASSWORD,
  redact: true,
  nullable: true,
  optional: true,
} as const;
/** A password encrypted with an ephemeral key, in base64; more than the largest key makes of it. */
export const ENCRYPTED = { maxLength: 1024, redact: true, optional: true } as const;
/** The ephemeral key it was encrypted with. */
export const KEY_ID = { minLength: 1, maxLength: 100, optional: true } as const;

export class CreateProjectDto {
  @StringField(NAME)
  name: string;

  @StringField(DESCRIPTION)
  description?: string | null;

  @NumberField(RETENTION)
  retention_days?: number | null;

  @BooleanField({ default: false, optional: true })
  legal_hold = false;

  @StringField(PASSWORD)
  password?: string | null;

  @StringField(KEY_ID)
  key_id?: string;

  @StringField(ENCRYPTED)
  encrypted_password?: string;

  @StringField({ ...ID, optional: true })
  organization_id?: string;
}

export class UpdateProjectDto {
  @StringField({ ...NAME, optional: true })
  name?: string;

  @StringField(DESCRIPTION)
  description?: string | null;

  @NumberField(RETENTION)
  retention_days?: number | null;

  @BooleanField({ optional: true })
  legal_hold?: boolean;
}

/** The password that is to hold from now on, and the one that holds until now. */
export class ProjectPasswordDto {
  @StringField(PASSWORD)
  password?: string | null;

  @StringField({ minLength: 1, maxLength: 1000, redact: true, optional: true })
  current_password?: string;

  @StringField(KEY_ID)
  key_id?: string;

  @StringField(ENCRYPTED)
  encrypted_password?: string;

  @StringField(ENCRYPTED)
  encrypted_current_password?: string;
}

export class ProjectDto {
  @StringField()
  id: string;

  @StringField()
  name: string;

  @StringField({ nullable: true, redact: true })
  description: string | null;

  @StringField({ enum: PROJECT_STATUSES })
  status: ProjectStatus;

  @BooleanField()
  protected: boolean;

  @NumberField({ integer: true, minimum: 0 })
  document_count: number;

  @NumberField({ integer: true, minimum: 0 })
  environment_count: number;

  @NumberField({ integer: true, minimum: 0 })
  size_bytes: number;

  @NumberField({ integer: true, nullable: true })
  retention_days: number | null;

  @BooleanField()
  legal_hold: boolean;

  @StringField()
  organization_id: string;

  @StringField()
  created_by: string;

  @NumberField({ integer: true, minimum: 1 })
  version: number;

  @StringField({ format: 'date-time' })
  created_at: string;

  @StringField({ format: 'date-time' })
  updated_at: string;

  @StringField({ format: 'date-time', nullable: true })
  archived_at: string | null;
}

/** A project, and where it is protected what there is to know of its password. */
export class AdvisedProjectDto extends ProjectDto {
  @StringField({ optional: true })
  notice?: string;

  @StringsField({ optional: true })
  warnings?: string[];
}

export class ProjectListDto extends ListDto {
  @ObjectsField(() => ProjectDto)
  data: ProjectDto[];
}

export class ProjectQuery extends ListQuery {
  @StringField({ ...ID, optional: true })
  organization_id?: string;

  @StringField({ enum: PROJECT_STATUSES, optional: true })
  status?: ProjectStatus;

  @StringField({ ...NAME, optional: true })
  name?: string;

  @StringField({ ...NAME, optional: true })
  search?: string;

  @BooleanField({ optional: true })
  protected?: boolean;

  @StringField({ maxLength: 40, optional: true })
  created_after?: string;

  @StringField({ maxLength: 40, optional: true })
  created_before?: string;

  @SortField(['created_at', 'updated_at', 'name'])
  sort?: 'created_at' | 'updated_at' | 'name';
}
