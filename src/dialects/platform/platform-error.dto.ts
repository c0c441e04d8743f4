import { NumberField, ObjectField, StringField, StringsField } from '../../platform/http/fields.js';

export class PlatformErrorDetailsDto {
  @StringField()
  field: string;

  @StringField()
  reason: string;

  @StringsField({ optional: true })
  allowed?: string[];
}

export class PlatformErrorDto {
  @StringField()
  code: string;

  @StringField()
  message: string;

  @ObjectField(() => PlatformErrorDetailsDto, { optional: true })
  details?: PlatformErrorDetailsDto;

  @NumberField({ integer: true, minimum: 0, optional: true })
  retry_after?: number;
}

/** Platform's error body. */
export class PlatformErrorEnvelopeDto {
  @StringField({ enum: ['error'] })
  status: 'error';

  @ObjectField(() => PlatformErrorDto)
  error: PlatformErrorDto;
}
