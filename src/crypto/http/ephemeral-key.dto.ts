import { StringField } from '../../platform/http/fields.js';

export class EphemeralKeyDto {
  @StringField()
  key_id: string;

  @StringField()
  public_key: string;

  @StringField({ format: 'date-time' })
  expires_at: string;
}
