import {
  BooleanField,
  NumberField,
  ObjectsField,
  StringField,
  StringsField,
} from '../../../platform/http/fields.js';
import { ListDto } from '../../../platform/http/listing.js';
import { MAX_KEY, MAX_VALUE_BYTES, VARIABLE_KEY_PATTERN } from '../../variable.policy.js';

const ID = { minLength: 1, maxLength: 100 } as const;
/** A key; the same rule wherever one comes from. */
export const KEY = { minLength: 1, maxLength: MAX_KEY, pattern: VARIABLE_KEY_PATTERN } as const;
/** A value in clear. Its bytes are counted where it is worked on. */
export const VALUE = { maxLength: MAX_VALUE_BYTES, redact: true } as const;
export const NOTE = { maxLength: 2_000, redact: true, nullable: true, optional: true } as const;
export const TAGS = { maxItems: 20, minLength: 1, maxLength: 50, optional: true } as const;
export const ROTATION = {
  integer: true,
  minimum: 1,
  maximum: 3_650,
  nullable: true,
  optional: true,
} as const;
/** Why something is changed, in the words of whoever changes it. */
export const REASON = { minLength: 1, maxLength: 500, redact: true, optional: true } as const;

export class CreateVariableDto {
  @StringField(ID)
  environment_id: string;

  @StringField(KEY)
  key: string;

  @StringField(VALUE)
  value: string;

  @StringField(NOTE)
  note?: string | null;

  @StringsField(TAGS)
  tags?: string[];

  @NumberField(ROTATION)
  rotate_every_days?: number | null;

  @StringField(REASON)
  reason?: string;
}

export class UpdateVariableDto {
  @StringField({ ...KEY, optional: true })
  key?: string;

  @StringField({ ...VALUE, optional: true })
  value?: string;

  @StringField(NOTE)
  note?: string | null;

  @StringsField(TAGS)
  tags?: string[];

  @NumberField(ROTATION)
  rotate_every_days?: number | null;

  @StringField(REASON)
  reason?: string;
}

/** A reference in a value that could not be replaced. */
export class ReferenceProblemDto {
  @StringField()
  reference: string;

  @StringField()
  reason: string;
}

/** What a variable shows to everybody who sees it. */
abstract class VariableHeadDto {
  @StringField()
  id: string;

  @StringField()
  key: string;

  @StringField()
  environment_id: string;

  @StringField()
  project_id: string;

  @StringsField()
  tags: string[];

  @NumberField({ integer: true, nullable: true })
  rotate_every_days: number | null;

  @StringField({ format: 'date-time', nullable: true })
  rotation_due_at: string | null;

  @NumberField({ integer: true, minimum: 1 })
  version: number;

  @StringField({ format: 'date-time' })
  value_changed_at: string;

  @StringField()
  created_by: string;

  @StringField({ format: 'date-time' })
  created_at: string;

  @StringField({ format: 'date-time' })
  updated_at: string;
}

export class VariableDto extends VariableHeadDto {
  @StringField({ redact: true })
  decrypted_value: string;

  @BooleanField()
  hidden: boolean;

  @StringField({ nullable: true, redact: true })
  note: string | null;

  @ObjectsField(() => ReferenceProblemDto, { optional: true })
  problems?: ReferenceProblemDto[];
}

export class VariableListDto extends ListDto {
  @ObjectsField(() => VariableDto)
  data: VariableDto[];
}

export class VariableSummaryDto extends VariableHeadDto {
  @StringField()
  environment_name: string;
}

export class VariableSummaryListDto extends ListDto {
  @ObjectsField(() => VariableSummaryDto)
  data: VariableSummaryDto[];
}
