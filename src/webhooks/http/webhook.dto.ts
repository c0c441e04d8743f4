import { OptionalBody } from '../../platform/http/field-registry.js';
import {
  BooleanField,
  JsonObjectField,
  NumberField,
  ObjectField,
  ObjectsField,
  StringField,
  StringsField,
} from '../../platform/http/fields.js';
import { ListDto, ListQuery, SortField } from '../../platform/http/listing.js';
import { DELIVERY_STATUSES, type DeliveryStatus } from '../deliveries/delivery.js';
import { EVENT_PATTERN } from '../events/event-pattern.js';
import { DISABLED_REASONS, type DisabledReason } from '../webhook.js';

const URL_TEXT = { minLength: 1, maxLength: 2_000, redact: true } as const;
const DESCRIPTION = { maxLength: 500, redact: true, optional: true, nullable: true } as const;
const EVENTS = { minItems: 1, maxItems: 100, maxLength: 100, pattern: EVENT_PATTERN } as const;
const PROJECT = { maxLength: 40, optional: true, nullable: true } as const;
const TIME = { format: 'date-time' } as const;
const MAYBE_TIME = { format: 'date-time', nullable: true } as const;

export class CreateWebhookDto {
  @StringField(URL_TEXT)
  url: string;

  @StringField(DESCRIPTION)
  description?: string | null;

  @StringsField(EVENTS)
  events: string[];

  @StringField(PROJECT)
  project_id?: string | null;

  @BooleanField({ optional: true, default: true })
  names?: boolean;

  @BooleanField({ optional: true, default: false })
  ordered?: boolean;

  @BooleanField({ optional: true, default: true })
  enabled?: boolean;
}

export class UpdateWebhookDto {
  @StringField({ ...URL_TEXT, optional: true })
  url?: string;

  @StringField(DESCRIPTION)
  description?: string | null;

  @StringsField({ ...EVENTS, optional: true })
  events?: string[];

  @StringField(PROJECT)
  project_id?: string | null;

  @BooleanField({ optional: true })
  names?: boolean;

  @BooleanField({ optional: true })
  ordered?: boolean;

  @BooleanField({ optional: true })
  enabled?: boolean;
}

export class LastDeliveryDto {
  @StringField()
  id: string;

  @StringField()
  event: string;

  @StringField({ enum: DELIVERY_STATUSES })
  status: DeliveryStatus;

  @StringField(TIME)
  attempted_at: string;

  @NumberField({ integer: true, minimum: 100, nullable: true })
  response_status: number | null;

  @StringField({ nullable: true })
  fault: string | null;
}

export class WebhookDto {
  @StringField()
  id: string;

  @StringField({ redact: true })
  url: string;

  @StringField({ nullable: true, redact: true })
  description: string | null;

  @StringsField()
  events: string[];

  @StringField({ nullable: true })
  project_id: string | null;

  @BooleanField()
  names: boolean;

  @BooleanField()
  ordered: boolean;

  @BooleanField()
  enabled: boolean;

  @StringField({ enum: DISABLED_REASONS, nullable: true })
  disabled_reason: DisabledReason | null;

  @StringField(MAYBE_TIME)
  disabled_at: string | null;

  @StringField(MAYBE_TIME)
  failing_since: string | null;

  @StringField(MAYBE_TIME)
  old_secret_until: string | null;

  @ObjectField(() => LastDeliveryDto, { nullable: true })
  last_delivery: LastDeliveryDto | null;

  @StringField()
  organization_id: string;

  @NumberField({ integer: true, minimum: 1 })
  version: number;

  @StringField()
  created_by: string;

  @StringField(TIME)
  created_at: string;

  @StringField(TIME)
  updated_at: string;
}

export class CreatedWebhookDto extends WebhookDto {
  /** In this answer alone, and not in its repetition. */
  @StringField({ redact: true, optional: true })
  secret?: string;

  @BooleanField({ optional: true })
  secret_withheld?: true;
}

export class WebhookListDto extends ListDto {
  @ObjectsField(() => WebhookDto)
  data: WebhookDto[];
}

export class WebhookQuery extends ListQuery {
  @SortField(['created_at', 'updated_at'])
  sort?: string;

  @BooleanField({ optional: true })
  enabled?: boolean;
}

@OptionalBody()
export class RotateWebhookDto {
  @NumberField({ integer: true, minimum: 0, maximum: 720, optional: true, default: 24 })
  overlap_hours = 24;
}

export class WebhookEventDto {
  @StringField()
  name: string;

  @StringField()
  description: string;

  @StringsField({ enum: ['SERO', 'SecureAI', 'Platform', 'KeyNest', 'Redoubt'] })
  sources: string[];

  @JsonObjectField()
  example: object;
}

export class WebhookEventListDto {
  @ObjectsField(() => WebhookEventDto)
  data: WebhookEventDto[];
}
