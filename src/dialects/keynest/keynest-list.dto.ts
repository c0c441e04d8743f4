import { NumberField, StringField } from '../../platform/http/fields.js';

/** What the body of every KeyNest list has beside its `results`. */
export abstract class KeynestListDto {
  @NumberField({ integer: true, minimum: 0 })
  count: number;

  @StringField({ nullable: true })
  next: string | null;

  @StringField({ nullable: true })
  previous: string | null;
}
