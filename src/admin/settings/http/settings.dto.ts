import {
  AUDIT_RETENTION_ACTIONS,
  type AuditRetentionAction,
} from '../../../platform/configs/organization-settings.js';
import { NumberField, StringField, StringsField } from '../../../platform/http/fields.js';

/** A domain name in letters, digits and hyphens: one of another script in its ASCII form. */
const DOMAIN = {
  minLength: 3,
  maxLength: 253,
  pattern: '^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+$',
  maxItems: 100,
} as const;
/** An investigation takes its time: what happened is there for a month at least. */
const AUDIT_DAYS = { integer: true, minimum: 30, maximum: 36_500, nullable: true } as const;
const DAYS = { integer: true, minimum: 1, maximum: 36_500, nullable: true } as const;

export class SettingsDto {
  @NumberField(DAYS)
  default_retention_days: number | null;

  @NumberField(DAYS)
  api_key_max_days: number | null;

  @StringsField(DOMAIN)
  allowed_email_domains: string[];

  @NumberField(AUDIT_DAYS)
  audit_retention_days: number | null;

  @StringField({ enum: AUDIT_RETENTION_ACTIONS })
  audit_retention_action: AuditRetentionAction;
}

export class UpdateSettingsDto {
  @NumberField({ ...DAYS, optional: true })
  default_retention_days?: number | null;

  @NumberField({ ...DAYS, optional: true })
  api_key_max_days?: number | null;

  @StringsField({ ...DOMAIN, optional: true })
  allowed_email_domains?: string[];

  @NumberField({ ...AUDIT_DAYS, optional: true })
  audit_retention_days?: number | null;

  @StringField({ enum: AUDIT_RETENTION_ACTIONS, optional: true })
  audit_retention_action?: AuditRetentionAction;
}
