import {
  BooleanField,
  NumberField,
  ObjectsField,
  StringField,
  StringsField,
} from '../../platform/http/fields.js';
import { FOUND_BY, type FoundBy } from '../engine/supported-types.js';

export class EntityTypeDto {
  @StringField()
  name: string;

  @StringField()
  description: string;

  @StringField({ pattern: '^[A-Z]{2}$', nullable: true })
  country: string | null;

  @StringsField({ enum: FOUND_BY })
  found_by: FoundBy[];

  @StringField({ nullable: true })
  example: string | null;

  @BooleanField()
  default: boolean;
}

export class EntityTypeListDto {
  @ObjectsField(() => EntityTypeDto)
  data: EntityTypeDto[];

  @NumberField({ integer: true, minimum: 0 })
  total: number;
}
