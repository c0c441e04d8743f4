import { Module } from '@nestjs/common';
import { AccountIdentities } from './accounts/account-identities.service.js';
import { AccountNews } from './accounts/account-news.service.js';
import { AccountPasswords } from './accounts/account-passwords.service.js';
import { AccountsRepository } from './accounts/accounts.repository.js';
import { LoginAttemptsRepository } from './accounts/login-attempts.repository.js';
import { LoginAttempts } from './accounts/login-attempts.service.js';
import { LoginFailures } from './accounts/login-failures.service.js';
import { LoginFlow } from './accounts/login-flow.service.js';
import { LoginTokensRepository } from './accounts/login-tokens.repository.js';
import { LoginTokens } from './accounts/login-tokens.service.js';
import { LoginsService } from './accounts/logins.service.js';
import { LogoutService } from './accounts/logout.service.js';
import { NewcomersService } from './accounts/newcomers.service.js';
import { PasswordDesk } from './accounts/password-desk.service.js';
import { PasswordResetsRepository } from './accounts/password-resets.repository.js';
import { PasswordResets } from './accounts/password-resets.service.js';
import { PeopleSweeper } from './accounts/people.sweeper.js';
import { ProfilesService } from './accounts/profiles.service.js';
import { RegistrationFlow } from './accounts/registration-flow.service.js';
import { RegistrationsService } from './accounts/registrations.service.js';
import { ResetMails } from './accounts/reset-mails.service.js';
import { ResetRequests } from './accounts/reset-requests.service.js';
import { UserHomes } from './accounts/user-homes.service.js';
import { AccountOperations } from './http/account-operations.js';
import { AccountPasswordsController } from './http/account-passwords.controller.js';
import { AccountsController } from './http/accounts.controller.js';
import { LoginTokenOperations } from './http/login-token-operations.js';
import { LoginTokensController } from './http/login-tokens.controller.js';
import { PasswordResetOperations } from './http/password-reset-operations.js';
import { ProfileOperations } from './http/profile-operations.js';

/** How people come and go: registering, logging in, their profile and password. */
@Module({
  controllers: [AccountPasswordsController, AccountsController, LoginTokensController],
  providers: [
    AccountIdentities,
    AccountNews,
    AccountOperations,
    AccountPasswords,
    AccountsRepository,
    LoginAttempts,
    LoginAttemptsRepository,
    LoginFailures,
    LoginFlow,
    LoginTokenOperations,
    LoginTokens,
    LoginTokensRepository,
    LoginsService,
    LogoutService,
    NewcomersService,
    PasswordDesk,
    PasswordResetOperations,
    PasswordResets,
    PasswordResetsRepository,
    PeopleSweeper,
    ProfileOperations,
    ProfilesService,
    RegistrationFlow,
    RegistrationsService,
    ResetMails,
    ResetRequests,
    UserHomes,
  ],
  exports: [AccountOperations, PasswordResets, UserHomes],
})
export class AccountsModule {}
