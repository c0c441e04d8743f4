import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import {
  ErasableContents,
  type ErasedPerson,
  type ErasureRun,
} from '../../platform/erasure/erasable-contents.js';
import { ReceiptsRepository } from './receipts.repository.js';

/** Receipts whose sealed parts go in one transaction. */
const AT_A_TIME = 500;

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
    const { organizationId, isRehearsal, signal } = run;
    if (isRehearsal) {
      await run.note(
        'receipts',
        await this.receipts.countWorded(organizationId, id, this.dataSource.manager),
      );
      return;
    }
    for (let blanked = AT_A_TIME; blanked === AT_A_TIME; ) {
      signal.throwIfAborted();
      blanked = await this.unitOfWork.run(async (tx) => {
        const count = await this.receipts.blankSome(organizationId, id, AT_A_TIME, tx);
        await run.note('receipts', count, tx);
        return count;
      });
    }
  }
}
