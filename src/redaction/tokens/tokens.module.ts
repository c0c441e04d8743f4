import { Module } from '@nestjs/common';
import { ProjectsModule } from '../../projects/index.js';
import { ErasableTokens } from './erasable-tokens.service.js';
import { TokensController } from './http/tokens.controller.js';
import { TokenEntrySealer } from './token-entry.sealer.js';
import { TokenIssuer } from './token-issuer.service.js';
import { TokenProjects } from './token-projects.service.js';
import { TokenRequests } from './token-requests.service.js';
import { TokenScopesRepository } from './token-scopes.repository.js';
import { TokenScopes } from './token-scopes.service.js';
import { TokensRepository } from './tokens.repository.js';
import { TokensService } from './tokens.service.js';

/** Tokens in place of values, and the way back. */
@Module({
  imports: [ProjectsModule],
  controllers: [TokensController],
  providers: [
    ErasableTokens,
    TokensRepository,
    TokenScopesRepository,
    TokenEntrySealer,
    TokenScopes,
    TokenIssuer,
    TokensService,
    TokenProjects,
    TokenRequests,
  ],
  exports: [TokensService, TokenProjects, TokenScopes],
})
export class TokensModule {}
