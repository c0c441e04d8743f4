import { ObjectField, StringField, StringsField } from '../../platform/http/fields.js';

export class SeroErrorDetailsDto {
  @StringField({ optional: true })
  field?: string;

  @StringField({ optional: true })
  constraint?: string;

  @StringsField({ optional: true })
  allowed?: string[];

  @StringsField({ optional: true })
  supported_formats?: string[];

  @StringField({ optional: true })
  file_id?: string;
}

export class SeroErrorDto {
  @StringField()
  code: string;

  @StringField()
  message: string;

  @ObjectField(() => SeroErrorDetailsDto, { optional: true })
  details?: SeroErrorDetailsDto;
}

/** SERO's error body. */
export class SeroErrorEnvelopeDto {
  @ObjectField(() => SeroErrorDto)
  error: SeroErrorDto;
}
