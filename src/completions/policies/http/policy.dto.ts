import {
  BooleanField,
  ChoicesField,
  NumberField,
  ObjectField,
  ObjectsField,
  StringField,
} from '../../../platform/http/fields.js';
import { ListDto } from '../../../platform/http/listing.js';
import { SHIELD_ACTIONS, type ShieldAction, type ShieldPolicy } from '../shield-policy.js';
import { POLICY_SOURCES, type PolicySource } from '../stored-policy.js';

const ATTACHMENTS = ['refuse', 'allow'] as const;
const MOST_TYPES = 200;

/** A policy as a whole: what is left out is as the default has it. */
export class PutPolicyDto {
  @StringField({ enum: SHIELD_ACTIONS, optional: true })
  default_action?: ShieldAction;

  @ChoicesField({ enum: SHIELD_ACTIONS, maxEntries: MOST_TYPES, optional: true })
  actions?: Record<string, ShieldAction>;

  @NumberField({ minimum: 0, maximum: 1, optional: true })
  confidence_threshold?: number;

  @StringField({ enum: ATTACHMENTS, optional: true })
  attachments?: ShieldPolicy['attachments'];

  @BooleanField({ optional: true })
  shield_private?: boolean;

  @StringField({ minLength: 1, maxLength: 200, nullable: true, optional: true })
  local_model?: string | null;

  @StringField({ minLength: 1, maxLength: 100, nullable: true, optional: true })
  processor_id?: string | null;
}

/** What a policy says. */
export class PolicySettingsDto {
  @StringField({ enum: SHIELD_ACTIONS })
  default_action: ShieldAction;

  @ChoicesField({ enum: SHIELD_ACTIONS, maxEntries: MOST_TYPES })
  actions: Record<string, ShieldAction>;

  @NumberField({ minimum: 0, maximum: 1 })
  confidence_threshold: number;

  @StringField({ enum: ATTACHMENTS })
  attachments: ShieldPolicy['attachments'];

  @BooleanField()
  shield_private: boolean;

  @StringField({ nullable: true })
  local_model: string | null;

  @StringField({ nullable: true })
  processor_id: string | null;
}

/** A policy as it holds. */
export class PolicyDto extends PolicySettingsDto {
  @StringField({ nullable: true })
  id: string | null;

  @NumberField({ integer: true, minimum: 0 })
  version: number;

  @StringField({ enum: POLICY_SOURCES })
  source: PolicySource;

  @StringField({ format: 'date-time', nullable: true })
  updated_at: string | null;

  @StringField({ nullable: true })
  updated_by: string | null;
}

export class PolicyVersionDto {
  @StringField()
  policy_id: string;

  @NumberField({ integer: true, minimum: 1 })
  version: number;

  @ObjectField(() => PolicySettingsDto, { nullable: true })
  policy: PolicySettingsDto | null;

  @StringField()
  changed_by: string;

  @StringField({ format: 'date-time' })
  changed_at: string;
}

export class PolicyVersionListDto extends ListDto {
  @ObjectsField(() => PolicyVersionDto)
  data: PolicyVersionDto[];
}
