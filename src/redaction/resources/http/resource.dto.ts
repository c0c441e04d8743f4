import {
  BooleanField,
  NumberField,
  NumbersField,
  ObjectField,
  ObjectsField,
  StringField,
  StringsField,
} from '../../../platform/http/fields.js';
import { ListDto, ListQuery, SortField } from '../../../platform/http/listing.js';
import { MODES, type Mode } from '../../detection-options.js';
import { CustomPatternDto, METHODS } from '../../http/text-request.dto.js';
import { RESOURCE_STATUSES, RESOURCE_TYPES, type ResourceStatus, type ResourceType } from '../resource.js';

const SETTING = { optional: true, nullable: true } as const;
const LIST = { minLength: 1, maxLength: 200, maxItems: 1000, redact: true } as const;

/** An area of a page, in fractions of its width and height from the top left corner. */
export class RegionDto {
  @NumberField({ integer: true, minimum: 1, maximum: 100_000, optional: true })
  page?: number;

  @NumberField({ minimum: 0, maximum: 1 })
  x: number;

  @NumberField({ minimum: 0, maximum: 1 })
  y: number;

  @NumberField({ minimum: 0, maximum: 1 })
  width: number;

  @NumberField({ minimum: 0, maximum: 1 })
  height: number;
}

export class LookDto {
  @StringField({ pattern: '^#[0-9A-Fa-f]{6}$', optional: true })
  color?: string;

  @BooleanField({ optional: true })
  label?: boolean;
}

/** The settings of a processor. In a change, what is left out stays and null takes a setting away. */
export class ResourceConfigDto {
  @NumberField({ integer: true, minimum: 1, maximum: 3600, ...SETTING })
  timeout?: number | null;

  @StringsField({ maxLength: 64, minItems: 1, maxItems: 200, ...SETTING })
  entities?: string[] | null;

  @NumberField({ minimum: 0, maximum: 1, ...SETTING })
  confidence_threshold?: number | null;

  @NumbersField({ minimum: 0, maximum: 1, maxEntries: 200, ...SETTING })
  thresholds?: Record<string, number> | null;

  @StringField({ enum: METHODS, ...SETTING })
  method?: (typeof METHODS)[number] | null;

  @StringField({ minLength: 1, maxLength: 100, ...SETTING })
  template?: string | null;

  @StringsField({ ...LIST, ...SETTING })
  allow_list?: string[] | null;

  @StringsField({ ...LIST, ...SETTING })
  deny_list?: string[] | null;

  @StringField({ enum: MODES, ...SETTING })
  mode?: Mode | null;

  @ObjectsField(() => CustomPatternDto, { maxItems: 100, ...SETTING })
  custom_patterns?: CustomPatternDto[] | null;

  @BooleanField({ ...SETTING })
  preserve_context?: boolean | null;

  @StringsField({ ...LIST, ...SETTING })
  search_terms?: string[] | null;

  @ObjectsField(() => RegionDto, { maxItems: 1000, ...SETTING })
  regions?: RegionDto[] | null;

  @BooleanField({ ...SETTING })
  strict?: boolean | null;

  @ObjectField(() => LookDto, { ...SETTING })
  look?: LookDto | null;
}

export class CreateResourceDto {
  @StringField({ minLength: 1, maxLength: 100 })
  name: string;

  @StringField({ enum: RESOURCE_TYPES })
  type: ResourceType;

  @ObjectField(() => ResourceConfigDto, { optional: true })
  config?: ResourceConfigDto;
}

/** What PUT and PATCH take: any part of a resource. */
export class UpdateResourceDto {
  @StringField({ minLength: 1, maxLength: 100, optional: true })
  name?: string;

  @StringField({ enum: RESOURCE_TYPES, optional: true })
  type?: ResourceType;

  @StringField({ enum: RESOURCE_STATUSES, optional: true })
  status?: ResourceStatus;

  @ObjectField(() => ResourceConfigDto, { optional: true })
  config?: ResourceConfigDto;
}

export class ResourceDto {
  @StringField()
  id: string;

  @StringField()
  name: string;

  @StringField({ enum: RESOURCE_TYPES })
  type: ResourceType;

  @StringField({ enum: RESOURCE_STATUSES })
  status: ResourceStatus;

  @ObjectField(() => ResourceConfigDto)
  config: ResourceConfigDto;

  @NumberField({ integer: true, minimum: 1 })
  version: number;

  @StringField()
  created_by: string;

  @StringField({ format: 'date-time' })
  created_at: string;

  @StringField({ format: 'date-time' })
  updated_at: string;
}

export class ResourceListDto extends ListDto {
  @ObjectsField(() => ResourceDto)
  data: ResourceDto[];
}

export class ResourceQuery extends ListQuery {
  @StringField({ enum: RESOURCE_STATUSES, optional: true })
  status?: ResourceStatus;

  @StringField({ enum: RESOURCE_TYPES, optional: true })
  type?: ResourceType;

  @StringField({ minLength: 1, maxLength: 100, optional: true })
  name?: string;

  @SortField(['created_at', 'updated_at', 'name'])
  sort?: 'created_at' | 'updated_at' | 'name';
}
