import { Injectable } from '@nestjs/common';
import { ErasureKeying } from '../../crypto/index.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { ErasedValues } from '../../platform/erasure/erased-values.js';
import { type SoughtValue, ValuePrints } from '../../platform/erasure/sought-value.js';
import { ErasuresRepository } from './erasures.repository.js';

/** Values that were erased, as far as their prints know them. */
@Injectable()
export class RememberedValues extends ErasedValues {
  constructor(
    private readonly repository: ErasuresRepository,
    private readonly keys: ErasureKeying.ErasureKeys,
    private readonly prints: ValuePrints,
  ) {
    super();
  }

  async since(organizationId: string, moment: Date, db: Tx): Promise<SoughtValue[]> {
    const values: SoughtValue[] = [];
    for (const { id, print } of await this.repository.printsSince(organizationId, moment, db))
      values.push(this.prints.seek(print, await this.keys.keyOf(organizationId, id, db)));
    return values;
  }
}
