import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import {
  ErasableContents,
  type ErasedPerson,
  type ErasureRun,
} from '../../platform/erasure/erasable-contents.js';
import { ErasedDetailsRepository } from './erased-details.repository.js';

/** Rows whose details go in one transaction. */
const AT_A_TIME = 500;

/**
 * What says from where somebody acted, and where somebody tried to get into their account. Who did what, and when, stays by ids
 * that lead to nobody; of the details a digest stays, which the log commits to.
 */
@Injectable()
export class ErasableAuditDetails extends ErasableContents {
  constructor(
    private readonly repository: ErasedDetailsRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly dataSource: DataSource,
  ) {
    super();
  }

  override async eraseUser({ id }: ErasedPerson, run: ErasureRun): Promise<void> {
    const { organizationId, isRehearsal, signal } = run;
    if (isRehearsal) {
      const count = await this.repository.count(organizationId, id, this.dataSource.manager);
      await run.note('audit_details', count);
      return;
    }
    for (let erased = AT_A_TIME; erased === AT_A_TIME; ) {
      signal.throwIfAborted();
      erased = await this.unitOfWork.run(async (tx) => {
        const count = await this.repository.eraseSome(organizationId, id, AT_A_TIME, tx);
        await run.note('audit_details', count, tx);
        return count;
      });
    }
  }
}
