import { ToolRunning } from '../../../completions/index.js';
import {
  DataField,
  JsonObjectField,
  NumberField,
  ObjectField,
  ObjectsField,
  StringField,
  StringsField,
} from '../../../platform/http/fields.js';
import { ListDto, ListQuery, SortField } from '../../../platform/http/listing.js';
import {
  FUNCTION_NAME,
  MOST_DESCRIPTION,
  RECEIVES,
  type Receives,
  TOOL_METHODS,
  type ToolMethod,
} from '../functions/tool-function.js';
import { TOOL_KINDS, type ToolKind } from '../tool.js';

const NAME = { minLength: 1, maxLength: 64, pattern: FUNCTION_NAME, redact: true } as const;
const DESCRIPTION = { maxLength: MOST_DESCRIPTION, redact: true, optional: true } as const;
const COUNT = { integer: true, minimum: 0 } as const;

export class ToolRequestDto {
  @StringField({ enum: TOOL_METHODS })
  method: ToolMethod;

  @StringField({ minLength: 1, maxLength: 2_000, redact: true })
  url: string;

  @JsonObjectField({ optional: true, redact: true })
  query?: object;

  @JsonObjectField({ optional: true, redact: true })
  headers?: object;

  @DataField({ optional: true })
  body?: unknown;
}

class ToolDefinitionDto {
  @StringField(DESCRIPTION)
  description?: string;

  @StringField({ enum: RECEIVES, optional: true })
  receives?: Receives;

  @JsonObjectField({ optional: true, redact: true })
  parameters?: object;

  @ObjectField(() => ToolRequestDto, { optional: true })
  request?: ToolRequestDto;

  @DataField({ optional: true })
  openapi?: unknown;

  @StringField({ minLength: 1, maxLength: 2_000, redact: true, optional: true })
  server_url?: string;

  @StringsField({ minItems: 1, maxItems: 64, minLength: 1, maxLength: 200, optional: true })
  operations?: string[];

  @JsonObjectField({ optional: true, redact: true })
  headers?: object;

  @JsonObjectField({ optional: true, redact: true })
  query?: object;
}

export class CreateToolDto extends ToolDefinitionDto {
  @StringField(NAME)
  name: string;
}

export class UpdateToolDto extends ToolDefinitionDto {
  @StringField({ ...NAME, optional: true })
  name?: string;
}

export class ToolFunctionDto {
  @StringField({ redact: true })
  name: string;

  @StringField({ redact: true })
  description: string;

  @JsonObjectField({ redact: true })
  parameters: object;

  @StringField({ enum: TOOL_METHODS })
  method: ToolMethod;

  @StringField({ redact: true })
  url: string;
}

export class SkippedOperationDto {
  @StringField({ redact: true })
  operation: string;

  @StringField()
  reason: string;
}

export class ToolDto {
  @StringField()
  id: string;

  @StringField({ enum: ['tool'] })
  object: 'tool';

  @StringField({ enum: TOOL_KINDS })
  kind: ToolKind;

  @StringField({ redact: true })
  name: string;

  @StringField({ redact: true })
  description: string;

  @StringField({ enum: RECEIVES })
  receives: Receives;

  @ObjectsField(() => ToolFunctionDto)
  functions: ToolFunctionDto[];

  @ObjectField(() => ToolRequestDto, { nullable: true })
  request: ToolRequestDto | null;

  @StringField({ nullable: true, redact: true })
  server_url: string | null;

  @JsonObjectField({ redact: true })
  headers: object;

  @JsonObjectField({ redact: true })
  query: object;

  @ObjectsField(() => SkippedOperationDto)
  skipped: SkippedOperationDto[];

  @StringField()
  organization_id: string;

  @NumberField({ integer: true, minimum: 1 })
  version: number;

  @StringField()
  created_by: string;

  @StringField()
  author_id: string;

  @StringField({ format: 'date-time' })
  created_at: string;

  @StringField({ format: 'date-time' })
  updated_at: string;
}

export class ToolListDto extends ListDto {
  @ObjectsField(() => ToolDto)
  data: ToolDto[];
}

export class ToolQuery extends ListQuery {
  @SortField(['created_at', 'updated_at'])
  sort?: string;
}

export class TestToolDto {
  @StringField({ ...NAME, optional: true })
  function?: string;

  @JsonObjectField({ optional: true, redact: true })
  arguments?: object;
}

export class ToolTestRequestDto {
  @StringField({ enum: TOOL_METHODS })
  method: ToolMethod;

  @StringField({ redact: true })
  url: string;

  @JsonObjectField({ redact: true })
  headers: object;

  @StringField({ nullable: true, redact: true })
  body: string | null;
}

export class ToolTestResponseDto {
  @NumberField({ integer: true, minimum: 100 })
  status: number;

  @StringField({ nullable: true })
  content_type: string | null;

  @StringField({ nullable: true, redact: true })
  body: string | null;

  @NumberField(COUNT)
  bytes: number;

  @StringField({ enum: ['whole', 'cut'] })
  extent: 'whole' | 'cut';
}

export class ToolTestDto {
  @StringField({ redact: true })
  function: string;

  @StringField({ enum: ToolRunning.TOOL_RUN_STATUSES })
  status: ToolRunning.ToolRunStatus;

  @ObjectField(() => ToolTestRequestDto, { nullable: true })
  request: ToolTestRequestDto | null;

  @ObjectField(() => ToolTestResponseDto, { nullable: true })
  response: ToolTestResponseDto | null;

  @StringField({ redact: true })
  told: string;

  @NumberField(COUNT)
  duration_ms: number;
}
