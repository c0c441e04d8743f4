import { ApiProperty } from '@nestjs/swagger';
import {
  BooleanField,
  NumberField,
  ObjectField,
  StringField,
  StringsField,
} from '../../platform/http/fields.js';

/** Largest file, in bytes. */
export const MAX_IMPORT_BYTES = 10 * 2 ** 20;
/** Largest JSON body: escapes make more of the same text. */
export const MAX_IMPORT_BODY = 2 * MAX_IMPORT_BYTES;

/** KeyNest's names of formats. */
export const KEYNEST_FORMATS = ['env', 'json', 'yaml'] as const;
export type KeynestFormat = (typeof KEYNEST_FORMATS)[number];

export const IMPORT_FORMATS = [...KEYNEST_FORMATS, 'auto'] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

/** The form's parts. */
export class KeynestImportFormDto {
  @ApiProperty({ type: 'string', format: 'binary' })
  file: unknown;

  @BooleanField({ optional: true, default: true })
  overwrite?: boolean;

  @StringField({ optional: true, enum: IMPORT_FORMATS, default: 'auto' })
  format?: ImportFormat;
}

/** The same as JSON. */
export class ImportKeynestVariablesDto {
  @StringField({ maxLength: MAX_IMPORT_BYTES, redact: true })
  data: string;

  @StringField({ optional: true, enum: IMPORT_FORMATS, default: 'auto' })
  format: ImportFormat = 'auto';

  @BooleanField({ optional: true, default: true })
  overwrite = true;
}

export class KeynestImportSummaryDto {
  @NumberField({ integer: true, minimum: 0 })
  imported: number;

  @NumberField({ integer: true, minimum: 0 })
  updated: number;

  @NumberField({ integer: true, minimum: 0 })
  failed: number;

  @NumberField({ integer: true, minimum: 0 })
  total_variables: number;
}

export class KeynestImportDto {
  @StringField()
  message: string;

  @ObjectField(() => KeynestImportSummaryDto)
  summary: KeynestImportSummaryDto;

  /** Always null: all of a file is imported, or nothing. */
  @StringsField({ nullable: true })
  failed_imports: null;
}
