import { TestTenants } from '../../crypto/testing/test-tenant.js';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import type { TestDatabase } from '../../platform/database/testing/test-database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/http/ids.js';
import { testEventOutbox } from '../../platform/outbox/testing/test-event-outbox.js';
import { AccountIdentities } from '../account-identities.service.js';
import { AccountNews } from '../account-news.service.js';
import { AccountsRepository } from '../accounts.repository.js';
import { LoginAttemptsRepository } from '../login-attempts.repository.js';
import { LoginAttempts } from '../login-attempts.service.js';
import { LoginTokensRepository } from '../login-tokens.repository.js';
import { LoginTokens } from '../login-tokens.service.js';
import { LoginsService } from '../logins.service.js';
import { PasswordResetsRepository } from '../password-resets.repository.js';
import { PasswordResets } from '../password-resets.service.js';
import { ProfilesService } from '../profiles.service.js';
import { UserHomes } from '../user-homes.service.js';
import { UserDirectoryRepository } from '../users/user-directory.repository.js';
import { UserDirectory } from '../users/user-directory.service.js';
import { UserLookupsRepository } from '../users/user-lookups.repository.js';
import { UserLookups } from '../users/user-lookups.service.js';
import { UserVault } from '../users/user-vault.service.js';

export const originFrom = (clientAddress: string) => ({
  requestId: newId('req'),
  clientAddress,
  userAgent: 'a test',
});

/** Everything of accounts on one database, with people to log in. */
export async function openAccountWorld({ dataSource }: TestDatabase) {
  const tenants = new TestTenants(dataSource);
  const { organizationId, sealer, instanceSealer } = await tenants.add();
  const unitOfWork = new UnitOfWork(dataSource);
  const lookups = new UserLookups(new UserLookupsRepository(), instanceSealer, unitOfWork, dataSource);
  const vault = new UserVault(sealer);
  const directory = new UserDirectory(new UserDirectoryRepository(), lookups, vault);
  const repository = new AccountsRepository();
  const news = new AccountNews(new AuditWriter(dataSource, sealer), testEventOutbox());
  const tokens = new LoginTokens(new LoginTokensRepository(), instanceSealer, news, dataSource);
  const attempts = new LoginAttempts(new LoginAttemptsRepository(), lookups, dataSource);
  const identities = new AccountIdentities(repository, lookups, vault);
  const homes = new UserHomes(repository, vault);
  const logins = new LoginsService(repository, lookups, attempts, tokens, news, dataSource);
  const profiles = new ProfilesService(directory, repository, identities, homes, news, dataSource);
  const resets = new PasswordResets(
    new PasswordResetsRepository(),
    repository,
    homes,
    tokens,
    news,
    dataSource,
  );

  /** Somebody with that hash for a password, at home in the first organization. */
  const addUser = async (username: string, passwordHash: string | null): Promise<string> => {
    const user = { id: newId('user'), organizationId };
    const person = {
      email: `${username}@example.org`,
      profile: { username, firstName: 'Ignatius', lastName: 'Quartermaine' },
    };
    await unitOfWork.run(async (tx) => {
      const identity = await identities.seal(user, person, await identities.lookupsOf(person), tx);
      const account = {
        ...user,
        ...identity,
        passwordHash,
        systemRole: 'user',
        emailVerified: false,
      } as const;
      await repository.insert(account, tx);
    });
    return user.id;
  };

  return {
    tenants,
    organizationId,
    unitOfWork,
    lookups,
    directory,
    attempts,
    tokens,
    logins,
    profiles,
    homes,
    resets,
    addUser,
  };
}
