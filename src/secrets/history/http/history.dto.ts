import {
  BooleanField,
  NumberField,
  ObjectField,
  ObjectsField,
  StringField,
  StringsField,
} from '../../../platform/http/fields.js';
import { ListDto, ListQuery, SortField } from '../../../platform/http/listing.js';
import { MAX_KEY } from '../../variable.policy.js';
import { REASON } from '../../variables/http/variable.dto.js';
import {
  REVISION_CAUSES,
  type RevisionCause,
  VERSION_CHANGES,
  type VersionChange,
} from '../../variables/variable.js';

const DATE = { maxLength: 40, optional: true } as const;
const POINT = { minLength: 1, maxLength: 40 } as const;
const CHANGES = ['added', 'changed', 'removed'] as const;

export class VariableVersionDto {
  @StringField()
  variable_id: string;

  @StringField()
  environment_id: string;

  @NumberField({ integer: true, minimum: 1 })
  version: number;

  @StringField({ enum: VERSION_CHANGES })
  change: VersionChange;

  @StringField()
  key: string;

  @StringsField()
  tags: string[];

  @NumberField({ integer: true, nullable: true })
  rotate_every_days: number | null;

  @NumberField({ integer: true, minimum: 1 })
  revision: number;

  @StringField({ enum: REVISION_CAUSES })
  cause: RevisionCause;

  @StringField()
  changed_by: string;

  @StringField({ format: 'date-time' })
  changed_at: string;

  @StringField()
  request_id: string;

  @StringField({ nullable: true, redact: true })
  reason: string | null;

  @StringField({ format: 'date-time', nullable: true })
  destroyed_at: string | null;

  @StringField({ nullable: true })
  destroyed_by: string | null;
}

export class VariableVersionListDto extends ListDto {
  @ObjectsField(() => VariableVersionDto)
  data: VariableVersionDto[];
}

export class OpenedVariableVersionDto extends VariableVersionDto {
  @StringField({ nullable: true, redact: true })
  decrypted_value: string | null;

  @BooleanField()
  hidden: boolean;

  @StringField({ nullable: true, redact: true })
  note: string | null;
}

export class DifferingVersionDto {
  @StringField()
  key: string;

  @NumberField({ integer: true, minimum: 1 })
  version: number;

  @StringField({ nullable: true, redact: true })
  decrypted_value: string | null;
}

export class VariableDifferenceDto {
  @StringField()
  variable_id: string;

  @StringField({ enum: CHANGES })
  change: (typeof CHANGES)[number];

  @StringField()
  key: string;

  @ObjectField(() => DifferingVersionDto, { nullable: true })
  from: DifferingVersionDto | null;

  @ObjectField(() => DifferingVersionDto, { nullable: true })
  to: DifferingVersionDto | null;
}

export class EnvironmentDiffDto {
  @NumberField({ integer: true, minimum: 0 })
  from_revision: number;

  @NumberField({ integer: true, minimum: 0 })
  to_revision: number;

  @NumberField({ integer: true, minimum: 0 })
  unchanged: number;

  @ObjectsField(() => VariableDifferenceDto)
  differences: VariableDifferenceDto[];
}

export class RestoreEnvironmentDto {
  @StringField(POINT)
  at: string;

  @BooleanField({ default: false, optional: true })
  preview = false;

  @StringField(REASON)
  reason?: string;
}

export class RestoreResultDto {
  @BooleanField()
  preview: boolean;

  @NumberField({ integer: true, minimum: 0 })
  restored_revision: number;

  @NumberField({ integer: true, minimum: 0 })
  revision: number;

  @StringsField()
  added: string[];

  @StringsField()
  changed: string[];

  @StringsField()
  removed: string[];

  @StringsField()
  unchanged: string[];
}

/** Which of a variable's versions to list. */
export class VariableVersionQuery extends ListQuery {
  @SortField(['created_at'])
  sort?: string;
}

/** Filters of an environment's history. */
export class HistoryQuery extends VariableVersionQuery {
  @StringField({ minLength: 1, maxLength: MAX_KEY, optional: true })
  key?: string;

  @StringField({ enum: VERSION_CHANGES, optional: true })
  change?: VersionChange;

  @StringField(DATE)
  created_after?: string;

  @StringField(DATE)
  created_before?: string;
}

/** Two moments. */
export class DiffQuery {
  @StringField(POINT)
  from: string;

  @StringField({ ...POINT, optional: true })
  to?: string;
}
