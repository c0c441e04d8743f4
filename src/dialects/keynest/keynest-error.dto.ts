import { DataField, StringField } from '../../platform/http/fields.js';

/** KeyNest's error body; `details` is a text, or an object of lists of texts by field. */
export class KeynestErrorDto {
  @StringField()
  error: string;

  @DataField({ optional: true })
  details?: string | Record<string, string[]>;

  @StringField()
  code: string;

  @StringField({ format: 'date-time' })
  timestamp: string;
}
