import { NumberField, ObjectsField, StringField } from '../../platform/http/fields.js';
import { VariablePolicy } from '../../secrets/index.js';
import { KeynestListDto } from './keynest-list.dto.js';
import { KeynestListQuery } from './keynest-list.query.js';

const { MAX_KEY, MAX_VALUE_BYTES, VARIABLE_KEY_PATTERN } = VariablePolicy;

const KEY = { minLength: 1, maxLength: MAX_KEY, pattern: VARIABLE_KEY_PATTERN } as const;
const VALUE = { maxLength: MAX_VALUE_BYTES, redact: true } as const;
const NUMBER = { integer: true, minimum: 1 } as const;

export class CreateKeynestVariableDto {
  @StringField(KEY)
  key: string;

  @StringField(VALUE)
  value: string;

  @NumberField(NUMBER)
  environment: number;
}

/** What PUT and PATCH take: any part of a variable. */
export class UpdateKeynestVariableDto {
  @StringField({ ...KEY, optional: true })
  key?: string;

  @StringField({ ...VALUE, optional: true })
  value?: string;

  @NumberField({ ...NUMBER, optional: true })
  environment?: number;
}

export class KeynestVariableDto {
  @NumberField(NUMBER)
  id: number;

  @StringField()
  key: string;

  @StringField({ redact: true })
  decrypted_value: string;

  @NumberField(NUMBER)
  environment: number;

  @StringField()
  environment_name: string;

  @StringField({ format: 'date-time' })
  created_at: string;

  @StringField({ format: 'date-time' })
  updated_at: string;

  @StringField({ redact: true })
  created_by_name: string;
}

export class KeynestVariableListDto extends KeynestListDto {
  @ObjectsField(() => KeynestVariableDto)
  results: KeynestVariableDto[];
}

/** Filters of the variables of one environment. */
export class KeynestEnvironmentVariableQuery extends KeynestListQuery {
  @StringField({ ...KEY, optional: true })
  key?: string;
}

export class KeynestVariableQuery extends KeynestEnvironmentVariableQuery {
  @NumberField({ ...NUMBER, optional: true })
  environment?: number;

  @NumberField({ ...NUMBER, optional: true })
  project?: number;
}
