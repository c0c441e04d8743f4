import {
  BooleanField,
  NumberField,
  ObjectField,
  ObjectsField,
  StringField,
  StringsField,
} from '../../../platform/http/fields.js';
import { ListDto, ListQuery, SortField } from '../../../platform/http/listing.js';
import { DEFAULT_UPSTREAM } from '../upstream.js';

const NAME = { minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$' } as const;
const URL = { minLength: 1, maxLength: 500 } as const;
/** What an HTTP header can carry. */
const KEY = { minLength: 1, maxLength: 1000, pattern: '^[!-~]+$', redact: true } as const;
const MODELS = { minLength: 1, maxLength: 200, pattern: '^[^\\p{C}\\p{Z}]+$', maxItems: 1000 } as const;
const PRIORITY = { integer: true, minimum: 0, maximum: 1000 } as const;
const WAIT = { integer: true, minimum: 1, maximum: 3600 } as const;
/** A day. */
const TOTAL = { integer: true, minimum: 1, maximum: 86_400 } as const;
const RETRIES = { integer: true, minimum: 0, maximum: 10 } as const;

const { firstByteSeconds, idleSeconds, totalSeconds, maxRetries, priority } = DEFAULT_UPSTREAM;
const optional = true;

export class CreateUpstreamDto {
  @StringField(NAME)
  name: string;

  @StringField(URL)
  base_url: string;

  @StringField({ ...KEY, optional, nullable: true })
  api_key?: string | null;

  @BooleanField({ optional, default: false })
  private?: boolean;

  @BooleanField({ optional, default: true })
  enabled?: boolean;

  @NumberField({ ...PRIORITY, optional, default: priority })
  priority?: number;

  @StringsField({ ...MODELS, optional, nullable: true })
  models?: string[] | null;

  @NumberField({ ...WAIT, optional, default: firstByteSeconds })
  first_byte_seconds?: number;

  @NumberField({ ...WAIT, optional, default: idleSeconds })
  idle_seconds?: number;

  @NumberField({ ...TOTAL, optional, default: totalSeconds })
  total_seconds?: number;

  @NumberField({ ...RETRIES, optional, default: maxRetries })
  max_retries?: number;
}

/** What PATCH takes: any part of a model server. */
export class UpdateUpstreamDto {
  @StringField({ ...NAME, optional })
  name?: string;

  @StringField({ ...URL, optional })
  base_url?: string;

  @StringField({ ...KEY, optional, nullable: true })
  api_key?: string | null;

  @BooleanField({ optional })
  private?: boolean;

  @BooleanField({ optional })
  enabled?: boolean;

  @NumberField({ ...PRIORITY, optional })
  priority?: number;

  @StringsField({ ...MODELS, optional, nullable: true })
  models?: string[] | null;

  @NumberField({ ...WAIT, optional })
  first_byte_seconds?: number;

  @NumberField({ ...WAIT, optional })
  idle_seconds?: number;

  @NumberField({ ...TOTAL, optional })
  total_seconds?: number;

  @NumberField({ ...RETRIES, optional })
  max_retries?: number;
}

export const HEALTH_STATUSES = ['unknown', 'healthy', 'unhealthy'] as const;

export class UpstreamHealthDto {
  @StringField({ enum: HEALTH_STATUSES })
  status: (typeof HEALTH_STATUSES)[number];

  @StringField({ format: 'date-time', nullable: true })
  checked_at: string | null;

  @NumberField({ integer: true, minimum: 0 })
  consecutive_failures: number;

  @StringField({ nullable: true })
  last_error_code: string | null;
}

export class UpstreamDto {
  @StringField()
  id: string;

  @StringField()
  name: string;

  @StringField()
  base_url: string;

  @BooleanField()
  has_api_key: boolean;

  @BooleanField()
  private: boolean;

  @BooleanField()
  enabled: boolean;

  @NumberField({ integer: true })
  priority: number;

  @StringsField({ nullable: true })
  models: string[] | null;

  @NumberField({ integer: true })
  first_byte_seconds: number;

  @NumberField({ integer: true })
  idle_seconds: number;

  @NumberField({ integer: true })
  total_seconds: number;

  @NumberField({ integer: true })
  max_retries: number;

  @ObjectField(() => UpstreamHealthDto)
  health: UpstreamHealthDto;

  @NumberField({ integer: true, minimum: 1 })
  version: number;

  @StringField()
  created_by: string;

  @StringField({ format: 'date-time' })
  created_at: string;

  @StringField({ format: 'date-time' })
  updated_at: string;
}

export class UpstreamListDto extends ListDto {
  @ObjectsField(() => UpstreamDto)
  data: UpstreamDto[];
}

/** What is wrong with a model server. */
export class UpstreamProblemDto {
  @StringField()
  code: string;

  @StringField()
  message: string;
}

export class UpstreamCheckDto {
  @StringField({ enum: ['ok', 'failed'] })
  status: 'ok' | 'failed';

  @NumberField({ integer: true, minimum: 0 })
  milliseconds: number;

  @StringsField()
  models: string[];

  @ObjectField(() => UpstreamProblemDto, { nullable: true })
  problem: UpstreamProblemDto | null;
}

export class UpstreamQuery extends ListQuery {
  @StringField({ minLength: 1, maxLength: 64, optional: true })
  name?: string;

  @BooleanField({ optional: true })
  enabled?: boolean;

  @BooleanField({ optional: true })
  private?: boolean;

  @SortField(['created_at', 'updated_at', 'name', 'priority'])
  sort?: 'created_at' | 'updated_at' | 'name' | 'priority';
}
