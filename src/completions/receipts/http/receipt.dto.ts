import {
  BooleanField,
  CountsField,
  NumberField,
  ObjectField,
  ObjectsField,
  StringField,
  StringsField,
} from '../../../platform/http/fields.js';
import { ListDto, ListQuery, SortField } from '../../../platform/http/listing.js';
import { RECEIPT_STATUSES, type ReceiptStatus } from '../receipt.js';
import { TOOL_RUN_STATUSES, type ToolRunStatus } from '../tool-round.js';

const COUNT = { integer: true, minimum: 0 } as const;
const DATE = { maxLength: 40, optional: true } as const;

export class ReceiptUpstreamDto {
  @StringField()
  id: string;

  @StringField()
  name: string;

  @BooleanField()
  private: boolean;
}

export class ReceiptPolicyDto {
  @StringField()
  id: string;

  @NumberField({ integer: true, minimum: 1 })
  version: number;
}

/** Bytes that were sent, or handed on. */
export class ReceiptBytesDto {
  @StringField({ pattern: '^[0-9a-f]{64}$' })
  sha256: string;

  @NumberField(COUNT)
  bytes: number;
}

export class ReceiptUnresolvedDto {
  @StringField({ redact: true })
  token: string;

  @StringField()
  reason: string;
}

export class ReceiptUsageDto {
  @NumberField(COUNT)
  prompt_tokens: number;

  @NumberField(COUNT)
  completion_tokens: number;

  @NumberField(COUNT)
  total_tokens: number;
}

export class ReceiptToolRunDto {
  @StringField({ nullable: true })
  tool_id: string | null;

  @StringField({ redact: true })
  function: string;

  @StringField({ enum: TOOL_RUN_STATUSES })
  status: ToolRunStatus;

  @NumberField(COUNT)
  duration_ms: number;

  @NumberField(COUNT)
  bytes: number;
}

export class ReceiptToolRoundDto {
  @ObjectsField(() => ReceiptToolRunDto)
  runs: ReceiptToolRunDto[];

  @ObjectField(() => ReceiptBytesDto, { nullable: true })
  request: ReceiptBytesDto | null;

  @CountsField()
  findings: Record<string, number>;
}

export class ReceiptDto {
  @StringField()
  id: string;

  @StringField({ enum: ['chat.receipt'] })
  object: 'chat.receipt';

  @StringField({ enum: RECEIPT_STATUSES })
  status: ReceiptStatus;

  @StringField()
  model: string;

  @StringField()
  model_requested: string;

  @ObjectField(() => ReceiptUpstreamDto, { nullable: true })
  upstream: ReceiptUpstreamDto | null;

  @BooleanField()
  shielded: boolean;

  @BooleanField()
  streamed: boolean;

  @ObjectField(() => ReceiptPolicyDto, { nullable: true })
  policy: ReceiptPolicyDto | null;

  @CountsField()
  findings: Record<string, number>;

  @CountsField()
  actions: Record<string, number>;

  @ObjectField(() => ReceiptBytesDto, { nullable: true })
  request: ReceiptBytesDto | null;

  @ObjectField(() => ReceiptBytesDto, { nullable: true })
  answer: ReceiptBytesDto | null;

  @NumberField({ ...COUNT, nullable: true })
  restored: number | null;

  @ObjectsField(() => ReceiptUnresolvedDto)
  unresolved: ReceiptUnresolvedDto[];

  @ObjectField(() => ReceiptUsageDto, { nullable: true })
  usage: ReceiptUsageDto | null;

  @StringsField()
  finish_reasons: string[];

  @NumberField({ ...COUNT, nullable: true })
  attempts: number | null;

  @ObjectsField(() => ReceiptToolRoundDto)
  tool_rounds: ReceiptToolRoundDto[];

  @StringField({ nullable: true })
  error_code: string | null;

  @StringsField({ redact: true })
  unknown_fields: string[];

  @StringField({ nullable: true })
  conversation_id: string | null;

  @StringField({ nullable: true })
  project_id: string | null;

  @StringField()
  user_id: string;

  @StringField()
  request_id: string;

  @StringField({ format: 'date-time' })
  created_at: string;

  @NumberField({ ...COUNT, nullable: true })
  first_byte_ms: number | null;

  @NumberField({ ...COUNT, nullable: true })
  duration_ms: number | null;

  @StringField({ format: 'date-time', nullable: true })
  ended_at: string | null;
}

export class ReceiptListDto extends ListDto {
  @ObjectsField(() => ReceiptDto)
  data: ReceiptDto[];
}

export class ReceiptQuery extends ListQuery {
  @SortField(['created_at'])
  sort?: string;

  @StringField({ enum: RECEIPT_STATUSES, optional: true })
  status?: ReceiptStatus;

  @StringField({ minLength: 1, maxLength: 200, optional: true })
  model?: string;

  @StringField({ minLength: 1, maxLength: 100, optional: true })
  project_id?: string;

  @StringField(DATE)
  created_after?: string;

  @StringField(DATE)
  created_before?: string;
}
