import { NumberField } from '../../../platform/http/fields.js';

/** Documents of a batch: all of them, those with a result, and those with an error of their own. */
export class BatchProgressDto {
  @NumberField({ integer: true, minimum: 0 })
  total: number;

  @NumberField({ integer: true, minimum: 0 })
  completed: number;

  @NumberField({ integer: true, minimum: 0 })
  failed: number;
}
