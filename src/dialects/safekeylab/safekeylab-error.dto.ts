import { ObjectField, StringField, StringsField } from '../../platform/http/fields.js';

export class SafekeylabErrorDetailsDto {
  @StringField()
  parameter: string;

  @StringField()
  type: string;

  @StringsField({ optional: true })
  allowed?: string[];
}

export class SafekeylabErrorDto {
  @StringField()
  code: string;

  @StringField()
  message: string;

  @ObjectField(() => SafekeylabErrorDetailsDto, { optional: true })
  details?: SafekeylabErrorDetailsDto;
}

/** SafeKeyLab's error body. */
export class SafekeylabErrorEnvelopeDto {
  @ObjectField(() => SafekeylabErrorDto)
  error: SafekeylabErrorDto;

  @StringField()
  request_id: string;
}
