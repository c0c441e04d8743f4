import { Injectable } from '@nestjs/common';
import { TimeSlice } from '../../platform/cooperation/time-slice.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Variable } from './variable.js';
import { VariableSealer } from './variable-sealer.service.js';
import type { VariableRow } from './variables.repository.js';

/** Opens variables as they are now. */
@Injectable()
export class VariableOpener {
  constructor(private readonly sealer: VariableSealer) {}

  /** @throws OpenError when anything of it was changed or moved */
  async open({ valueSealed, keySealed, noteSealed, ...row }: VariableRow, db: Tx): Promise<Variable> {
    const sealed = { valueSealed, keySealed, noteSealed };
    const content = await this.sealer.open({ ...row, variableId: row.id }, sealed, db);
    if (!content) throw new Error('a variable that is there has no value');
    return { ...row, ...content };
  }

  async openAll(rows: readonly VariableRow[], db: Tx): Promise<Variable[]> {
    const slice = new TimeSlice();
    const variables: Variable[] = [];
    for (const row of rows) {
      variables.push(await this.open(row, db));
      await slice.pause();
    }
    return variables;
  }
}
