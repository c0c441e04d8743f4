import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import {
  ErasableContents,
  type ErasedPerson,
  type ErasureRun,
} from '../../platform/erasure/erasable-contents.js';
import { ManagedUsersRepository } from './managed-users.repository.js';

/** Accounts: as deleting a user does it, what says who somebody was goes, and a row that leads to nobody stays. */
@Injectable()
export class ErasableAccounts extends ErasableContents {
  override readonly isLast = true;

  constructor(
    private readonly repository: ManagedUsersRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly dataSource: DataSource,
  ) {
    super();
  }

  override async eraseUser({ id, withAccount }: ErasedPerson, run: ErasureRun): Promise<void> {
    if (!withAccount) return;
    if (run.isRehearsal) {
      if (await this.repository.exists(id, this.dataSource.manager)) await run.note('accounts', 1);
      return;
    }
    await this.unitOfWork.run(async (tx) => {
      await this.repository.eraseKeyNames(id, tx);
      if (!(await this.repository.lock(id, tx))) return;
      const { apiKeys, loginTokens } = await this.repository.erase(id, tx);
      await run.note('accounts', 1, tx);
      await run.note('api_keys', apiKeys, tx);
      await run.note('login_tokens', loginTokens, tx);
    });
  }
}
