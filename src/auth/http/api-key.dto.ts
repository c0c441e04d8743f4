import { OptionalBody } from '../../platform/http/field-registry.js';
import {
  BooleanField,
  NumberField,
  ObjectField,
  ObjectsField,
  StringField,
  StringsField,
} from '../../platform/http/fields.js';
import { ListDto, ListQuery, SortField } from '../../platform/http/listing.js';
import type { Scope } from '../../platform/http/permission.js';
import { ApiKeyLimitsDto } from '../../platform/limits/http/api-key-limits.dto.js';
import {
  API_KEY_STATUSES,
  type ApiKeyStatus,
  KEY_MODES,
  KEY_PLANS,
  type KeyMode,
  SCOPES,
} from '../api-key.js';

/** Longest spelling of an IPv6 network. */
const MAX_NETWORK = 49;
/** Longest time that a replaced secret goes on working: a week, in seconds. */
const MAX_OVERLAP = 604_800;

/** What may be said of a key when it is made and when it is changed. */
abstract class ApiKeySettingsDto {
  @StringField({ format: 'date-time', maxLength: 40, nullable: true, optional: true })
  expires_at?: string | null;

  @StringsField({ minLength: 2, maxLength: MAX_NETWORK, maxItems: 50, optional: true })
  allowed_networks?: string[];

  @StringField({ minLength: 1, maxLength: 100, nullable: true, optional: true })
  default_project_id?: string | null;

  @StringField({ enum: KEY_PLANS, optional: true })
  plan?: string;

  @ObjectField(() => ApiKeyLimitsDto, { nullable: true, optional: true })
  limits?: ApiKeyLimitsDto | null;
}

export class CreateApiKeyDto extends ApiKeySettingsDto {
  @StringField({ minLength: 1, maxLength: 100 })
  name: string;

  @StringsField({ enum: SCOPES, minItems: 1, maxItems: 50 })
  scopes: (Scope | '*')[];

  @StringField({ enum: KEY_MODES, optional: true })
  mode?: KeyMode;
}

export class UpdateApiKeyDto extends ApiKeySettingsDto {
  @StringField({ minLength: 1, maxLength: 100, optional: true })
  name?: string;

  @StringsField({ enum: SCOPES, minItems: 1, maxItems: 50, optional: true })
  scopes?: (Scope | '*')[];
}

@OptionalBody()
export class RotateApiKeyDto {
  @NumberField({ integer: true, minimum: 0, maximum: MAX_OVERLAP, default: 0, optional: true })
  overlap_seconds = 0;
}

export class ApiKeyQuery extends ListQuery {
  @StringField({ enum: API_KEY_STATUSES, optional: true })
  status?: ApiKeyStatus;

  @StringField({ enum: KEY_PLANS, optional: true })
  plan?: string;

  @StringField({ maxLength: 100, optional: true })
  user_id?: string;

  @StringField({ maxLength: 100, optional: true })
  name?: string;

  @StringField({ enum: KEY_MODES, optional: true })
  mode?: KeyMode;

  @SortField(['created_at', 'name', 'last_used_at'])
  sort?: string;
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

  @StringField({ enum: KEY_MODES })
  mode: KeyMode;

  @StringField()
  hint: string;

  @StringsField({ enum: SCOPES })
  scopes: string[];

  @StringField()
  plan: string;

  @ObjectField(() => ApiKeyLimitsDto, { nullable: true })
  limits: ApiKeyLimitsDto | null;

  @StringsField()
  allowed_networks: string[];

  @StringField({ enum: API_KEY_STATUSES })
  status: ApiKeyStatus;

  @StringField({ format: 'date-time', nullable: true })
  expires_at: string | null;

  @StringField({ format: 'date-time', nullable: true })
  previous_expires_at: string | null;

  @StringField({ format: 'date-time', nullable: true })
  revoked_at: string | null;

  @StringField({ format: 'date-time', nullable: true })
  last_used_at: string | null;

  @StringField({ format: 'date-time' })
  created_at: string;
}

export class CreatedApiKeyDto extends ApiKeyDto {
  /** The secret: in this answer alone, and not in its repetition. */
  @StringField({ redact: true, optional: true })
  key?: string;

  @BooleanField({ optional: true })
  key_withheld?: true;
}

export class ApiKeyListDto extends ListDto {
  @ObjectsField(() => ApiKeyDto)
  data: ApiKeyDto[];
}
