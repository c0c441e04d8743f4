import { REGISTRATIONS, type Registration } from '../../../platform/configs/config-values.js';
import {
  BooleanField,
  BoundTextsField,
  NumberField,
  ObjectField,
  StringField,
  TextsField,
} from '../../../platform/http/fields.js';

const MESSAGE = { minLength: 1, maxLength: 500 } as const;
/** A week, in seconds. */
const RETRY = { integer: true, minimum: 1, maximum: 604_800 } as const;
const ALIASES = { maxEntries: 200, maxLength: 200, pattern: '^[^\\p{C}\\p{Z}]+$' } as const;

export class MaintenanceDto {
  @BooleanField()
  enabled: boolean;

  @StringField(MESSAGE)
  message: string;

  @NumberField(RETRY)
  retry_after_seconds: number;
}

export class MaintenanceChangeDto {
  @BooleanField({ optional: true })
  enabled?: boolean;

  @StringField({ ...MESSAGE, optional: true })
  message?: string;

  @NumberField({ ...RETRY, optional: true })
  retry_after_seconds?: number;
}

/** All that is said of a secret. */
export class SecretConfigDto {
  @BooleanField()
  set: boolean;
}

export class ConfigsDto {
  @ObjectField(() => MaintenanceDto)
  maintenance: MaintenanceDto;

  @StringField({ enum: REGISTRATIONS })
  registration: Registration;

  @ObjectField(() => SecretConfigDto)
  smtp_url: SecretConfigDto;

  @TextsField()
  model_aliases: Readonly<Record<string, string>>;
}

export class UpdateConfigsDto {
  @ObjectField(() => MaintenanceChangeDto, { nullable: true, optional: true })
  maintenance?: MaintenanceChangeDto | null;

  @StringField({ enum: REGISTRATIONS, nullable: true, optional: true })
  registration?: Registration | null;

  @StringField({ minLength: 1, maxLength: 2000, redact: true, nullable: true, optional: true })
  smtp_url?: string | null;

  @BoundTextsField({ ...ALIASES, nullable: true, optional: true })
  model_aliases?: Readonly<Record<string, string>> | null;
}
