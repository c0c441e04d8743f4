import { Global, Module } from '@nestjs/common';
import { UserDirectoryRepository } from './user-directory.repository.js';
import { UserDirectory } from './user-directory.service.js';
import { UserLookupsRepository } from './user-lookups.repository.js';
import { UserLookups } from './user-lookups.service.js';
import { UserVault } from './user-vault.service.js';
import { UsersRepository } from './users.repository.js';

/** Who there is, and what is sealed of them. Global, since whatever mentions people shows their names. */
@Global()
@Module({
  providers: [
    UserDirectory,
    UserDirectoryRepository,
    UserLookups,
    UserLookupsRepository,
    UserVault,
    UsersRepository,
  ],
  exports: [UserDirectory, UserLookups, UserVault, UsersRepository],
})
export class UserDirectoryModule {}
