import { NumberField, ObjectsField, StringField } from '../../platform/http/fields.js';
import { Environments } from '../../secrets/index.js';
import { KeynestListDto } from './keynest-list.dto.js';
import { KeynestListQuery } from './keynest-list.query.js';

const NAME = { minLength: 2, maxLength: 100, pattern: '^[A-Za-z0-9_-]+$' } as const;
const DESCRIPTION = { maxLength: 500, redact: true, nullable: true, optional: true } as const;
const NUMBER = { integer: true, minimum: 1 } as const;

export class CreateKeynestEnvironmentDto {
  @StringField(NAME)
  name: string;

  @NumberField(NUMBER)
  project: number;

  @StringField({ enum: Environments.ENVIRONMENT_TYPES, default: 'development', optional: true })
  environment_type: Environments.EnvironmentType = 'development';

  @StringField(DESCRIPTION)
  description?: string | null;
}

/** What PUT and PATCH take: any part of an environment. */
export class UpdateKeynestEnvironmentDto {
  @StringField({ ...NAME, optional: true })
  name?: string;

  @NumberField({ ...NUMBER, optional: true })
  project?: number;

  @StringField({ enum: Environments.ENVIRONMENT_TYPES, optional: true })
  environment_type?: Environments.EnvironmentType;

  @StringField(DESCRIPTION)
  description?: string | null;
}

export class KeynestEnvironmentDto {
  @NumberField(NUMBER)
  id: number;

  @StringField()
  name: string;

  @NumberField(NUMBER)
  project: number;

  @StringField()
  project_name: string;

  @StringField({ enum: Environments.ENVIRONMENT_TYPES })
  environment_type: Environments.EnvironmentType;

  @StringField({ redact: true })
  description: string;

  @StringField({ format: 'date-time' })
  created_at: string;

  @StringField({ format: 'date-time' })
  updated_at: string;

  @StringField({ redact: true })
  created_by_name: string;

  @NumberField({ integer: true, minimum: 0 })
  variable_count: number;
}

export class KeynestEnvironmentListDto extends KeynestListDto {
  @ObjectsField(() => KeynestEnvironmentDto)
  results: KeynestEnvironmentDto[];
}

export class KeynestEnvironmentQuery extends KeynestListQuery {
  @NumberField({ ...NUMBER, optional: true })
  project?: number;

  @StringField({ enum: Environments.ENVIRONMENT_TYPES, optional: true })
  environment_type?: Environments.EnvironmentType;
}

/** Filters of the environments of one project. */
export class KeynestProjectEnvironmentQuery extends KeynestListQuery {
  @StringField({ enum: Environments.ENVIRONMENT_TYPES, optional: true })
  environment_type?: Environments.EnvironmentType;
}
