import { StringField } from '../../platform/http/fields.js';

export class SeroEphemeralKeyDto {
  @StringField()
  key_id: string;

  @StringField()
  public_key: string;

  @StringField({ format: 'date-time' })
  expires_at: string;
}
