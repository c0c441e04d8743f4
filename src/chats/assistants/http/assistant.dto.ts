import { ChatSampling } from '../../../completions/index.js';
import {
  BooleanField,
  NumberField,
  ObjectField,
  ObjectsField,
  StringField,
  StringsField,
} from '../../../platform/http/fields.js';
import { ListDto, ListQuery, SortField } from '../../../platform/http/listing.js';
import { LONGEST_TEXT, VISIBILITIES, type Visibility } from '../../library/library-item.js';
import { LONGEST_DESCRIPTION, LONGEST_NAME, LONGEST_STARTER, MOST_STARTERS } from '../assistant.js';

const { SAMPLING, MOST_STOPS, MOST_KNOWLEDGE, MOST_SERVER_TOOLS } = ChatSampling;

const NAME = { minLength: 1, maxLength: LONGEST_NAME, redact: true } as const;
const DESCRIPTION = {
  ...{ maxLength: LONGEST_DESCRIPTION, redact: true },
  ...{ nullable: true, optional: true },
} as const;
const MODEL = { minLength: 1, maxLength: 200 } as const;
const INSTRUCTIONS = { maxLength: LONGEST_TEXT, redact: true, optional: true } as const;
const KNOWLEDGE = { maxItems: MOST_KNOWLEDGE, minLength: 1, maxLength: 100, optional: true } as const;
const TOOLS = { maxItems: MOST_SERVER_TOOLS, minLength: 1, maxLength: 100, optional: true } as const;
const STARTERS = {
  ...{ maxItems: MOST_STARTERS, minLength: 1, maxLength: LONGEST_STARTER },
  ...{ redact: true, optional: true },
} as const;
const VISIBILITY = { enum: VISIBILITIES } as const;
const DATE = { maxLength: 40, optional: true } as const;

/** OpenAI's parameters as requests have them, within the same bounds. */
export class AssistantParametersDto {
  @NumberField({ ...SAMPLING.temperature, optional: true })
  temperature?: number;

  @NumberField({ ...SAMPLING.top_p, optional: true })
  top_p?: number;

  @NumberField({ ...SAMPLING.max_tokens, integer: true, optional: true })
  max_tokens?: number;

  @NumberField({ ...SAMPLING.presence_penalty, optional: true })
  presence_penalty?: number;

  @NumberField({ ...SAMPLING.frequency_penalty, optional: true })
  frequency_penalty?: number;

  @NumberField({ ...SAMPLING.seed, integer: true, optional: true })
  seed?: number;

  @StringsField({ maxItems: MOST_STOPS, minLength: 1, maxLength: 1_000, redact: true, optional: true })
  stop?: string[];
}

export class CreateAssistantDto {
  @StringField(NAME)
  name: string;

  @StringField(DESCRIPTION)
  description?: string | null;

  @StringField(MODEL)
  model: string;

  @StringField(INSTRUCTIONS)
  instructions?: string;

  @ObjectField(() => AssistantParametersDto, { optional: true })
  parameters?: AssistantParametersDto;

  @StringsField(KNOWLEDGE)
  knowledge_ids?: string[];

  @StringsField(TOOLS)
  tool_ids?: string[];

  @StringsField(STARTERS)
  conversation_starters?: string[];

  @StringField({ ...VISIBILITY, default: 'private', optional: true })
  visibility: Visibility = 'private';
}

export class UpdateAssistantDto {
  @StringField({ ...NAME, optional: true })
  name?: string;

  @StringField(DESCRIPTION)
  description?: string | null;

  @StringField({ ...MODEL, optional: true })
  model?: string;

  @StringField(INSTRUCTIONS)
  instructions?: string;

  @ObjectField(() => AssistantParametersDto, { optional: true })
  parameters?: AssistantParametersDto;

  @StringsField(KNOWLEDGE)
  knowledge_ids?: string[];

  @StringsField(TOOLS)
  tool_ids?: string[];

  @StringsField(STARTERS)
  conversation_starters?: string[];

  @StringField({ ...VISIBILITY, optional: true })
  visibility?: Visibility;
}

export class AssistantDto {
  @StringField()
  id: string;

  @StringField({ redact: true })
  name: string;

  @StringField({ nullable: true, redact: true })
  description: string | null;

  @StringField()
  model: string;

  @StringField({ redact: true })
  instructions: string;

  @ObjectField(() => AssistantParametersDto)
  parameters: AssistantParametersDto;

  @StringsField()
  knowledge_ids: string[];

  @StringsField()
  tool_ids: string[];

  @StringsField({ redact: true })
  conversation_starters: string[];

  @StringField(VISIBILITY)
  visibility: Visibility;

  @StringField()
  owner_id: string;

  @StringField()
  organization_id: string;

  @NumberField({ integer: true, minimum: 1 })
  version: number;

  @StringField({ format: 'date-time' })
  created_at: string;

  @StringField({ format: 'date-time' })
  updated_at: string;
}

export class AssistantListDto extends ListDto {
  @ObjectsField(() => AssistantDto)
  data: AssistantDto[];
}

export class AssistantQuery extends ListQuery {
  @StringField({ minLength: 1, maxLength: LONGEST_NAME, optional: true })
  name?: string;

  @StringField({ ...VISIBILITY, optional: true })
  visibility?: Visibility;

  @BooleanField({ default: false, optional: true })
  mine = false;

  @StringField(DATE)
  created_after?: string;

  @StringField(DATE)
  created_before?: string;

  @SortField(['created_at', 'updated_at'])
  sort?: string;
}
