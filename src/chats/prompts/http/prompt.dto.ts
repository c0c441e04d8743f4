import {
  BooleanField,
  NumberField,
  ObjectsField,
  ScalarField,
  ScalarsField,
  StringField,
  StringsField,
} from '../../../platform/http/fields.js';
import { ListDto, ListQuery, SortField } from '../../../platform/http/listing.js';
import { LONGEST_TEXT, VISIBILITIES, type Visibility } from '../../library/library-item.js';
import { COMMAND } from '../prompt.js';
import {
  LONGEST_OPTION,
  LONGEST_VALUE,
  MOST_OPTIONS,
  MOST_VARIABLES,
  VARIABLE_TYPES,
  type VariableType,
  type VariableValue,
} from '../template/prompt-variable.js';
import { VARIABLE_NAME } from '../template/template.js';

const COMMAND_FIELD = { pattern: COMMAND, maxLength: 64, redact: true } as const;
const TITLE = { minLength: 1, maxLength: 200, redact: true } as const;
const CONTENT = { minLength: 1, maxLength: LONGEST_TEXT, redact: true } as const;
const NAME = { pattern: VARIABLE_NAME, maxLength: 64 } as const;
const LABEL = { maxLength: 200, redact: true, nullable: true } as const;
const DEFAULT = { maxLength: LONGEST_VALUE, redact: true, nullable: true } as const;
const OPTIONS = { maxItems: MOST_OPTIONS, minLength: 1, maxLength: LONGEST_OPTION, redact: true } as const;
const VISIBILITY = { enum: VISIBILITIES } as const;
const DATE = { maxLength: 40, optional: true } as const;

/** A variable as a client declares it. */
export class NewPromptVariableDto {
  @StringField(NAME)
  name: string;

  @StringField({ enum: VARIABLE_TYPES })
  type: VariableType;

  @StringField({ ...LABEL, optional: true })
  label?: string | null;

  @BooleanField({ default: true, optional: true })
  required: boolean = true;

  @ScalarField({ ...DEFAULT, optional: true })
  default?: VariableValue | null;

  @StringsField({ ...OPTIONS, optional: true })
  options?: string[];

  @NumberField({ nullable: true, optional: true })
  min?: number | null;

  @NumberField({ nullable: true, optional: true })
  max?: number | null;
}

export class PromptVariableDto {
  @StringField()
  name: string;

  @StringField({ enum: VARIABLE_TYPES })
  type: VariableType;

  @StringField({ nullable: true, redact: true })
  label: string | null;

  @BooleanField()
  required: boolean;

  @ScalarField(DEFAULT)
  default: VariableValue | null;

  @StringsField({ redact: true })
  options: string[];

  @NumberField({ nullable: true })
  min: number | null;

  @NumberField({ nullable: true })
  max: number | null;
}

export class CreatePromptDto {
  @StringField(COMMAND_FIELD)
  command: string;

  @StringField(TITLE)
  title: string;

  @StringField(CONTENT)
  content: string;

  @ObjectsField(() => NewPromptVariableDto, { maxItems: MOST_VARIABLES, optional: true })
  variables?: NewPromptVariableDto[];

  @StringField({ ...VISIBILITY, default: 'private', optional: true })
  visibility: Visibility = 'private';
}

export class UpdatePromptDto {
  @StringField({ ...COMMAND_FIELD, optional: true })
  command?: string;

  @StringField({ ...TITLE, optional: true })
  title?: string;

  @StringField({ ...CONTENT, optional: true })
  content?: string;

  @ObjectsField(() => NewPromptVariableDto, { maxItems: MOST_VARIABLES, optional: true })
  variables?: NewPromptVariableDto[];

  @StringField({ ...VISIBILITY, optional: true })
  visibility?: Visibility;
}

export class PromptDto {
  @StringField()
  id: string;

  @StringField({ redact: true })
  command: string;

  @StringField({ redact: true })
  title: string;

  @StringField({ redact: true })
  content: string;

  @ObjectsField(() => PromptVariableDto)
  variables: PromptVariableDto[];

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

export class PromptListDto extends ListDto {
  @ObjectsField(() => PromptDto)
  data: PromptDto[];
}

export class PromptQuery extends ListQuery {
  @StringField({ minLength: 1, maxLength: 64, optional: true })
  command?: string;

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

export class RenderPromptDto {
  @ScalarsField({ maxEntries: MOST_VARIABLES, maxLength: LONGEST_VALUE, optional: true })
  values?: Record<string, VariableValue | null>;
}

export class RenderedPromptDto {
  @StringField({ redact: true })
  text: string;
}
