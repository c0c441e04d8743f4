import {
  BooleanField,
  NumberField,
  ObjectsField,
  StringField,
  StringsField,
} from '../../platform/http/fields.js';
import { ProjectDtos } from '../../projects/index.js';

export class CreateSeroProjectDto {
  @StringField({ minLength: 1, maxLength: 100 })
  name: string;

  @StringField({ maxLength: 500, redact: true, nullable: true, optional: true })
  description?: string | null;

  @StringField(ProjectDtos.PASSWORD)
  password?: string | null;

  @StringField(ProjectDtos.KEY_ID)
  key_id?: string;

  @StringField(ProjectDtos.ENCRYPTED)
  encrypted_password?: string;
}

export class SeroProjectDto {
  @StringField()
  id: string;

  @StringField()
  name: string;

  @StringField({ redact: true })
  description: string;

  @StringField({ format: 'date-time' })
  created_at: string;

  @NumberField({ integer: true, minimum: 0 })
  document_count: number;

  @StringField({ enum: ['active', 'archived'] })
  status: 'active' | 'archived';
}

/** A project that has just been made, with what there is to know of its password. */
export class SeroCreatedProjectDto extends SeroProjectDto {
  @BooleanField()
  protected: boolean;

  @StringField({ optional: true })
  notice?: string;

  @StringsField({ optional: true })
  warnings?: string[];
}

export class SeroProjectListDto {
  @ObjectsField(() => SeroProjectDto)
  projects: SeroProjectDto[];
}
