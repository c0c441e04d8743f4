import { ErrorDetailsDto } from '../../platform/http/core-error.dto.js';
import { NumberField, ObjectField, StringField } from '../../platform/http/fields.js';

/** The core's error with `param`, by which OpenAI's clients know what is at fault. */
export class OpenaiErrorDto {
  @StringField()
  type: string;

  @StringField()
  code: string;

  @StringField()
  message: string;

  @StringField({ nullable: true })
  param: string | null;

  @ObjectField(() => ErrorDetailsDto, { optional: true })
  details?: ErrorDetailsDto;

  @NumberField({ integer: true, minimum: 0, optional: true })
  retry_after?: number;
}

export class OpenaiErrorEnvelopeDto {
  @ObjectField(() => OpenaiErrorDto)
  error: OpenaiErrorDto;

  @StringField()
  request_id: string;
}
