import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import {
  ErasableContents,
  type ErasedPerson,
  type ErasureRun,
} from '../../platform/erasure/erasable-contents.js';
import { ProjectSharesRepository } from './project-shares.repository.js';

/** Shares by which somebody sees projects: they hold nothing of them but that. */
@Injectable()
export class ErasableShares extends ErasableContents {
  constructor(
    private readonly shares: ProjectSharesRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {
    super();
  }

  override async eraseUser({ id }: ErasedPerson, { organizationId, isRehearsal }: ErasureRun): Promise<void> {
    if (isRehearsal) return;
    await this.unitOfWork.run((tx) => this.shares.deleteOfUser(organizationId, id, tx));
  }
}
