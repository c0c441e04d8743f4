import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts.module.js';
import { ManagedUsersRepository } from './managed-users.repository.js';
import { UserAdmissions } from './user-admissions.service.js';
import { UserChangesService } from './user-changes.service.js';
import { UserNewsWriter } from './user-news.service.js';
import { UserResetTokens } from './user-reset-tokens.service.js';
import { UsersService } from './users.service.js';

/** Users as the administrators of the instance see and change them. */
@Module({
  imports: [AccountsModule],
  providers: [
    ManagedUsersRepository,
    UserAdmissions,
    UserChangesService,
    UserNewsWriter,
    UserResetTokens,
    UsersService,
  ],
  exports: [UserAdmissions, UserChangesService, UserNewsWriter, UserResetTokens, UsersService],
})
export class UsersModule {}
