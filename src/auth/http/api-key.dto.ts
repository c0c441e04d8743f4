import { ObjectsField, StringField, StringsField } from '../../platform/http/fields.js';
import { PageDto } from '../../platform/http/paging.js';
import type { Permission } from '../../platform/http/permission.js';
import { SCOPES } from '../api-key.js';

export class CreateApiKeyDto {
  @StringField({ minLength: 1, maxLength: 100 })
  name: string;

  @StringsField({ enum: SCOPES, minItems: 1, maxItems: 50 })
  scopes: (Permission | '*')[];

  @StringField({ format: 'date-time', maxLength: 40, optional: true })
  expires_at?: string;
}

export class ApiKeyDto {
  @StringField()
  id: string;

  @StringField()
  organization_id: string;

  @StringField()
  user_id: string;

  @StringField({ nullable: true })
  default_project_id: string | null;

  @StringField()
  name: string;

  @StringField()
  hint: string;

  @StringsField({ enum: SCOPES })
  scopes: string[];

  @StringField()
  plan: string;

  @StringField({ format: 'date-time', nullable: true })
  expires_at: string | null;

  @StringField({ format: 'date-time', nullable: true })
  revoked_at: string | null;

  @StringField({ format: 'date-time' })
  created_at: string;
}

export class CreatedApiKeyDto extends ApiKeyDto {
  /** The secret: in this answer alone. */
  @StringField({ redact: true })
  key: string;
}

export class ApiKeyListDto extends PageDto {
  @ObjectsField(() => ApiKeyDto)
  data: ApiKeyDto[];
}
