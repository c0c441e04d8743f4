import { NumberField, ObjectField, StringField, StringsField } from './fields.js';

/** Where a core error points. */
export class ErrorDetailsDto {
  @StringField()
  field: string;

  @StringField()
  constraint: string;

  @StringsField({ optional: true })
  allowed?: string[];

  @StringField({ optional: true })
  file_id?: string;

  @NumberField({ integer: true, minimum: 1, optional: true })
  page?: number;

  @NumberField({ integer: true, minimum: 1, optional: true })
  line?: number;
}

export class ErrorDto {
  @StringField()
  type: string;

  @StringField()
  code: string;

  @StringField()
  message: string;

  @ObjectField(() => ErrorDetailsDto, { optional: true })
  details?: ErrorDetailsDto;

  @NumberField({ integer: true, minimum: 0, optional: true })
  retry_after?: number;
}

/** The core's error body. */
export class ErrorEnvelopeDto {
  @ObjectField(() => ErrorDto)
  error: ErrorDto;

  @StringField()
  request_id: string;
}
