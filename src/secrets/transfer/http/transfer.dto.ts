import {
  BooleanField,
  NumberField,
  ObjectField,
  ObjectsField,
  StringField,
  StringsField,
} from '../../../platform/http/fields.js';
import { VARIABLE_FORMATS, type VariableFormat } from '../../formats/variable-format.js';
import { KEY, NOTE, REASON, ROTATION, TAGS, VALUE } from '../../variables/http/variable.dto.js';

const ID = { minLength: 1, maxLength: 100 } as const;
const FLAG = { optional: true, default: false } as const;
const OVERWRITE = { optional: true, default: true } as const;

/** Longest file, in characters. */
export const MAX_IMPORT = 10 * 2 ** 20;
/** Most variables that one request sets, removes or copies by name. */
const MOST_AT_ONCE = 1_000;

export class ImportVariablesDto {
  @StringField({ maxLength: MAX_IMPORT, redact: true })
  data: string;

  @StringField({ enum: ['auto', ...VARIABLE_FORMATS], default: 'auto', optional: true })
  format?: VariableFormat | 'auto';

  @BooleanField(OVERWRITE)
  overwrite = true;

  @BooleanField(FLAG)
  preview = false;

  @StringField(REASON)
  reason?: string;
}

export class CopyVariablesDto {
  @StringField(ID)
  environment_id: string;

  @StringsField({ ...KEY, minItems: 1, maxItems: MOST_AT_ONCE, optional: true })
  keys?: string[];

  @BooleanField(OVERWRITE)
  overwrite = true;

  @BooleanField(FLAG)
  preview = false;

  @StringField(REASON)
  reason?: string;
}

export class SetVariableDto {
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
}

export class SetVariablesDto {
  @ObjectsField(() => SetVariableDto, { maxItems: MOST_AT_ONCE })
  variables: SetVariableDto[];

  @StringsField({ ...KEY, maxItems: MOST_AT_ONCE, optional: true })
  remove?: string[];

  @BooleanField(FLAG)
  preview = false;

  @StringField(REASON)
  reason?: string;
}

export class TransferSummaryDto {
  @NumberField({ integer: true, minimum: 0 })
  added: number;

  @NumberField({ integer: true, minimum: 0 })
  changed: number;

  @NumberField({ integer: true, minimum: 0 })
  unchanged: number;

  @NumberField({ integer: true, minimum: 0 })
  removed: number;

  @NumberField({ integer: true, minimum: 0 })
  refused: number;

  @NumberField({ integer: true, minimum: 0 })
  total: number;
}

export class TransferRefusalDto {
  @StringField({ nullable: true })
  key: string | null;

  @NumberField({ integer: true, minimum: 1, nullable: true })
  line: number | null;

  @StringField()
  reason: string;

  @StringField()
  message: string;
}

/** What a change of many variables did, or would do. */
export class TransferResultDto {
  @BooleanField()
  preview: boolean;

  @ObjectField(() => TransferSummaryDto)
  summary: TransferSummaryDto;

  @StringsField()
  added: string[];

  @StringsField()
  changed: string[];

  @StringsField()
  unchanged: string[];

  @StringsField()
  removed: string[];

  @ObjectsField(() => TransferRefusalDto)
  refused: TransferRefusalDto[];

  @NumberField({ integer: true, minimum: 0 })
  revision: number;

  @NumberField({ integer: true, minimum: 1 })
  version: number;
}

export class ExportQuery {
  @StringField({ enum: VARIABLE_FORMATS, default: 'dotenv', optional: true })
  format?: VariableFormat;

  @BooleanField(FLAG)
  resolve = false;
}

export class CompareQuery {
  @StringField(ID)
  with: string;
}

export class ComparisonDto {
  @StringsField()
  only_here: string[];

  @StringsField()
  only_there: string[];

  @StringsField()
  different: string[];

  @StringsField()
  same: string[];
}
