import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import {
  ErasableContents,
  type ErasedPerson,
  type ErasureRun,
} from '../../platform/erasure/erasable-contents.js';
import { eraseInSteps } from '../../platform/erasure/erase-in-steps.js';
import { ErasedDetailsRepository } from './erased-details.repository.js';

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
    const { organizationId } = run;
    const rows = {
      kind: 'audit_details',
      count: (db: Tx) => this.repository.count(organizationId, id, db),
      eraseSome: (limit: number, tx: Tx) => this.repository.eraseSome(organizationId, id, limit, tx),
    };
    await eraseInSteps(rows, run, this.unitOfWork, this.dataSource.manager);
  }
}
