import { Module } from '@nestjs/common';
import { ErasableAccounts } from './erasable-accounts.service.js';
import { ManagedUsersRepository } from './managed-users.repository.js';

/** What erasures do about accounts. */
@Module({ providers: [ErasableAccounts, ManagedUsersRepository] })
export class UserErasureModule {}
