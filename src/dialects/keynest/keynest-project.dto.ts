import { NumberField, ObjectsField, StringField } from '../../platform/http/fields.js';
import { KeynestListDto } from './keynest-list.dto.js';
import { KeynestListQuery } from './keynest-list.query.js';

const NAME = { minLength: 1, maxLength: 100 } as const;
const DESCRIPTION = { maxLength: 500, redact: true, nullable: true, optional: true } as const;
const ORGANIZATION = { integer: true, minimum: 1, optional: true } as const;

export class CreateKeynestProjectDto {
  @StringField(NAME)
  name: string;

  @StringField(DESCRIPTION)
  description?: string | null;

  @NumberField(ORGANIZATION)
  organization?: number;
}

/** What PUT and PATCH take: any part of a project. */
export class UpdateKeynestProjectDto {
  @StringField({ ...NAME, optional: true })
  name?: string;

  @StringField(DESCRIPTION)
  description?: string | null;

  @NumberField(ORGANIZATION)
  organization?: number;
}

export class KeynestProjectDto {
  @NumberField({ integer: true, minimum: 1 })
  id: number;

  @StringField()
  name: string;

  @StringField({ redact: true })
  description: string;

  @NumberField({ integer: true, minimum: 1 })
  organization: number;

  @StringField()
  organization_name: string;

  @StringField({ format: 'date-time' })
  created_at: string;

  @StringField({ format: 'date-time' })
  updated_at: string;

  @StringField({ redact: true })
  created_by_name: string;

  @NumberField({ integer: true, minimum: 0 })
  environment_count: number;
}

export class KeynestProjectListDto extends KeynestListDto {
  @ObjectsField(() => KeynestProjectDto)
  results: KeynestProjectDto[];
}

export class KeynestProjectQuery extends KeynestListQuery {
  @NumberField(ORGANIZATION)
  organization?: number;

  @StringField({ ...NAME, optional: true })
  search?: string;
}
