import { Module } from '@nestjs/common';
import { VaultModule } from '../secrets/index.js';
import { KnownSecretsService } from './known-secrets.service.js';

/** The organization's own values, for all that looks for personal data. */
@Module({ imports: [VaultModule], providers: [KnownSecretsService], exports: [KnownSecretsService] })
export class KnownSecretsModule {}
