import { type DynamicModule, Module } from '@nestjs/common';
import { UserDirectoryModule } from './accounts/index.js';
import { SetupModule } from './admin/index.js';
import { ErasureLedgerModule, LineageModule } from './audit/index.js';
import { AuthModule } from './auth/index.js';
import { CryptoModule } from './crypto/index.js';
import { ENTITIES } from './entities.js';
import { AuditWriterModule } from './platform/audit/audit.module.js';
import type { Settings } from './platform/config/settings.js';
import { SettingsModule } from './platform/config/settings.module.js';
import { ConfigsModule } from './platform/configs/configs.module.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { IdempotencyModule } from './platform/idempotency/idempotency.module.js';

/** Composition of the setup process: no HTTP. */
@Module({})
export class SetupAppModule {
  static forRoot(settings: Settings): DynamicModule {
    return {
      module: SetupAppModule,
      imports: [
        SettingsModule.forRoot(settings),
        DatabaseModule.forRoot(ENTITIES),
        AuditWriterModule,
        ConfigsModule,
        IdempotencyModule,
        CryptoModule,
        AuthModule,
        ErasureLedgerModule,
        UserDirectoryModule,
        LineageModule,
        SetupModule,
      ],
    };
  }
}
