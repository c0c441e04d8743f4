import { ObjectField, StringField } from '../../platform/http/fields.js';

export class KeynestEndpointsDto {
  @StringField()
  projects: string;

  @StringField()
  health: string;

  @StringField()
  documentation: string;
}

export class KeynestStatusDto {
  @StringField()
  message: string;

  @StringField()
  version: string;

  @ObjectField(() => KeynestEndpointsDto)
  endpoints: KeynestEndpointsDto;
}
