import { Global, Module } from '@nestjs/common';
import { Authenticator } from '../platform/http/access.guard.js';
import { tenantDirectory } from '../platform/http/tenant-directory.js';
import { ApiKeyVerifier } from './api-key-verifier.service.js';
import { ApiKeysRepository } from './api-keys.repository.js';
import { ApiKeysService } from './api-keys.service.js';
import { BearerAuthenticator } from './bearer.authenticator.js';
import { CredentialsRepository } from './credentials.repository.js';
import { ApiKeyOperations } from './http/api-key-operations.js';
import { ApiKeysController } from './http/api-keys.controller.js';
import { KeyUsesService } from './key-uses.service.js';
import { LoginTokenVerifier } from './login-token-verifier.service.js';

/** API keys and the authentication of every request. Global, since the access guard asks for it. */
@Global()
@Module({
  controllers: [ApiKeysController],
  providers: [
    ApiKeyOperations,
    ApiKeyVerifier,
    ApiKeysRepository,
    ApiKeysService,
    CredentialsRepository,
    KeyUsesService,
    LoginTokenVerifier,
    { provide: Authenticator, useClass: BearerAuthenticator },
    tenantDirectory('key', 'api_keys'),
  ],
  exports: [ApiKeyOperations, ApiKeysRepository, Authenticator, CredentialsRepository],
})
export class AuthModule {}
