import { Module } from '@nestjs/common';
import { AccountIdentities } from './account-identities.service.js';
import { AccountNews } from './account-news.service.js';
import { AccountPasswords } from './account-passwords.service.js';
import { AccountsRepository } from './accounts.repository.js';
import { AccountOperations } from './http/account-operations.js';
import { AccountPasswordsController } from './http/account-passwords.controller.js';
import { AccountsController } from './http/accounts.controller.js';
import { LoginTokenOperations } from './http/login-token-operations.js';
import { LoginTokensController } from './http/login-tokens.controller.js';
import { PasswordResetOperations } from './http/password-reset-operations.js';
import { ProfileOperations } from './http/profile-operations.js';
import { LoginAttemptsRepository } from './login-attempts.repository.js';
import { LoginAttempts } from './login-attempts.service.js';
import { LoginFailures } from './login-failures.service.js';
import { LoginFlow } from './login-flow.service.js';
import { LoginTokensRepository } from './login-tokens.repository.js';
import { LoginTokens } from './login-tokens.service.js';
import { LoginsService } from './logins.service.js';
import { LogoutService } from './logout.service.js';
import { NewcomersService } from './newcomers.service.js';
import { PasswordDesk } from './password-desk.service.js';
import { PasswordResetsRepository } from './password-resets.repository.js';
import { PasswordResets } from './password-resets.service.js';
import { PeopleSweeper } from './people.sweeper.js';
import { ProfilesService } from './profiles.service.js';
import { RegistrationFlow } from './registration-flow.service.js';
import { RegistrationsService } from './registrations.service.js';
import { ResetMails } from './reset-mails.service.js';
import { ResetRequests } from './reset-requests.service.js';
import { UserHomes } from './user-homes.service.js';
import { UserErasureModule } from './users/user-erasure.module.js';

/** How people come and go: registering, logging in, their profile and password. */
@Module({
  imports: [UserErasureModule],
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
