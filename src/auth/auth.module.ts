import { Global, Module } from '@nestjs/common';
import { Authenticator } from '../platform/http/access.guard.js';
import { ApiKeysRepository } from './api-keys.repository.js';
import { ApiKeysService } from './api-keys.service.js';
import { BearerAuthenticator } from './bearer.authenticator.js';
import { CredentialsRepository } from './credentials.repository.js';
import { ApiKeyOperations } from './http/api-key-operations.js';
import { ApiKeysController } from './http/api-keys.controller.js';
import { KeyUsesService } from './key-uses.service.js';
import { UsersRepository } from './users.repository.js';

/** Users, API keys and the authentication of every request. Global, since the access guard asks for it. */
@Global()
@Module({
  controllers: [ApiKeysController],
  providers: [
    ApiKeyOperations,
    ApiKeysRepository,
    ApiKeysService,
    CredentialsRepository,
    KeyUsesService,
    UsersRepository,
    { provide: Authenticator, useClass: BearerAuthenticator },
  ],
  exports: [ApiKeyOperations, Authenticator, ApiKeysRepository, CredentialsRepository, UsersRepository],
})
export class AuthModule {}
