import {
  BooleanField,
  JsonObjectField,
  NumberField,
  ObjectField,
  ObjectsField,
  StringField,
} from '../../platform/http/fields.js';
import { ListDto, ListQuery, SortField } from '../../platform/http/listing.js';
import { DELIVERY_STATUSES, type DeliveryStatus } from '../deliveries/delivery.js';

const TIME = { format: 'date-time' } as const;
const MAYBE_TIME = { format: 'date-time', nullable: true } as const;
const COUNT = { integer: true, minimum: 0 } as const;
const STATUS = { integer: true, minimum: 100, nullable: true } as const;
const WHEN = { maxLength: 40, optional: true } as const;

export class DeliveryDto {
  @StringField()
  id: string;

  @StringField()
  webhook_id: string;

  @StringField()
  event: string;

  @StringField()
  event_id: string;

  @StringField()
  subject_id: string;

  @StringField({ enum: DELIVERY_STATUSES })
  status: DeliveryStatus;

  @BooleanField()
  held: boolean;

  @NumberField(COUNT)
  attempts: number;

  @StringField(MAYBE_TIME)
  next_attempt_at: string | null;

  @StringField(MAYBE_TIME)
  attempted_at: string | null;

  @NumberField(STATUS)
  response_status: number | null;

  @StringField({ nullable: true })
  fault: string | null;

  @StringField(TIME)
  created_at: string;
}

export class DeliveryAttemptDto {
  @StringField(TIME)
  at: string;

  @NumberField(STATUS)
  status: number | null;

  @StringField({ nullable: true })
  fault: string | null;

  @NumberField(COUNT)
  duration_ms: number;
}

export class WebhookPayloadDto {
  @StringField()
  event: string;

  @StringField()
  type: string;

  @StringField(TIME)
  timestamp: string;

  @JsonObjectField({ redact: true })
  data: object;
}

export class DeliveryDetailDto extends DeliveryDto {
  @ObjectsField(() => DeliveryAttemptDto)
  log: DeliveryAttemptDto[];

  @ObjectField(() => WebhookPayloadDto)
  payload: WebhookPayloadDto;
}

export class DeliveryListDto extends ListDto {
  @ObjectsField(() => DeliveryDto)
  data: DeliveryDto[];
}

export class DeliveryQuery extends ListQuery {
  @StringField({ enum: DELIVERY_STATUSES, optional: true })
  status?: DeliveryStatus;

  @StringField({ maxLength: 100, optional: true })
  event?: string;

  @StringField(WHEN)
  from?: string;

  @StringField(WHEN)
  to?: string;

  @SortField(['created_at'])
  sort?: string;
}

export class RedeliverDto {
  @StringField({ maxLength: 40 })
  from: string;

  @StringField(WHEN)
  to?: string;

  @StringField({ enum: DELIVERY_STATUSES, optional: true })
  status?: DeliveryStatus;

  @StringField({ maxLength: 100, optional: true })
  event?: string;
}

export class RedeliveryDto {
  @NumberField(COUNT)
  count: number;

  @BooleanField()
  has_more: boolean;
}
