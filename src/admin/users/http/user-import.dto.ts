import { ApiProperty } from '@nestjs/swagger';
import { BooleanField, NumberField, ObjectsField, StringField } from '../../../platform/http/fields.js';
import { ROW_ERRORS } from '../import/user-csv.js';
import { ResetTokenDto } from './user.dto.js';

/** The form's one part. */
export class UserImportFormDto {
  @ApiProperty({ type: 'string', format: 'binary' })
  file: unknown;
}

export class ImportedUserDto {
  @NumberField({ integer: true, minimum: 2 })
  row: number;

  @StringField()
  id: string;
}

export class ImportErrorDto {
  @NumberField({ integer: true, minimum: 2 })
  row: number;

  @StringField({ nullable: true })
  field: string | null;

  @StringField({ enum: ROW_ERRORS })
  code: string;

  @StringField()
  message: string;
}

export class ImportResetDto extends ResetTokenDto {
  @StringField()
  user_id: string;
}

export class UserImportDto {
  @NumberField({ integer: true, minimum: 0 })
  created: number;

  @NumberField({ integer: true, minimum: 0 })
  failed: number;

  @ObjectsField(() => ImportedUserDto)
  users: ImportedUserDto[];

  @ObjectsField(() => ImportErrorDto)
  errors: ImportErrorDto[];

  /** In this answer alone, and not in its repetition. */
  @ObjectsField(() => ImportResetDto, { optional: true })
  password_resets?: ImportResetDto[];

  @BooleanField({ optional: true })
  password_resets_withheld?: true;
}
