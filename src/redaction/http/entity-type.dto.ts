import { NumberField, ObjectsField, StringField } from '../../platform/http/fields.js';

export class EntityTypeDto {
  @StringField()
  name: string;

  @StringField()
  description: string;
}

export class EntityTypeListDto {
  @ObjectsField(() => EntityTypeDto)
  data: EntityTypeDto[];

  @NumberField({ integer: true, minimum: 0 })
  total: number;
}
