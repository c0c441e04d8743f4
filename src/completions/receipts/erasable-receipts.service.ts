import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import {
  ErasableContents,
  type ErasedPerson,
  type ErasureRun,
} from '../../platform/erasure/erasable-contents.js';
import { eraseInSteps } from '../../platform/erasure/erase-in-steps.js';
import { ReceiptsRepository } from './receipts.repository.js';

/** Of somebody's receipts what they or models wrote goes; counts and hashes, which prove what was sent, stay. */
@Injectable()
export class ErasableReceipts extends ErasableContents {
  constructor(
    private readonly receipts: ReceiptsRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly dataSource: DataSource,
  ) {
    super();
  }

  override async eraseUser({ id }: ErasedPerson, run: ErasureRun): Promise<void> {
    const { organizationId } = run;
    const rows = {
      kind: 'receipts',
      count: (db: Tx) => this.receipts.countWorded(organizationId, id, db),
      eraseSome: (limit: number, tx: Tx) => this.receipts.blankSome(organizationId, id, limit, tx),
    };
    await eraseInSteps(rows, run, this.unitOfWork, this.dataSource.manager);
  }
}
