import { type DynamicModule, Module } from '@nestjs/common';
import type { Logger } from 'pino';
import { AccountsModule, UserDirectoryModule } from './accounts/index.js';
import { AdminModule } from './admin/index.js';
import { AuditModule } from './audit/index.js';
import { AuthModule } from './auth/index.js';
import { ChatsModule } from './chats/index.js';
import { CompletionsModule } from './completions/index.js';
import { CryptoModule, KeyRotationModule } from './crypto/index.js';
import { KeynestModule } from './dialects/keynest/keynest.module.js';
import { OpenaiModule } from './dialects/openai/openai.module.js';
import { PlatformModule } from './dialects/platform/platform.module.js';
import { SafekeylabModule } from './dialects/safekeylab/safekeylab.module.js';
import { SeroModule } from './dialects/sero/sero.module.js';
import { DocsModule } from './docs/index.js';
import { ENTITIES } from './entities.js';
import { FilesModule } from './files/index.js';
import { JobsModule } from './jobs/index.js';
import { KnowledgeModule } from './knowledge/index.js';
import { OrganizationsModule } from './organizations/index.js';
import { AuditWriterModule } from './platform/audit/audit.module.js';
import type { Settings } from './platform/config/settings.js';
import { SettingsModule } from './platform/config/settings.module.js';
import { ConfigsModule } from './platform/configs/configs.module.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { ErasureContentsModule } from './platform/erasure/erasure-contents.module.js';
import { HealthModule } from './platform/health/health.module.js';
import type { ErrorPresenters } from './platform/http/error-presenter.js';
import { HttpModule } from './platform/http/http.module.js';
import { IdempotencyModule } from './platform/idempotency/idempotency.module.js';
import { LimitsModule } from './platform/limits/limits.module.js';
import { MailModule } from './platform/mail/mail.module.js';
import { QueueModule } from './platform/queue/queue.module.js';
import { MetricsModule } from './platform/telemetry/metrics.module.js';
import { TenantsModule } from './platform/tenants/tenants.module.js';
import { ProjectsModule } from './projects/index.js';
import { RedactionModule } from './redaction/index.js';
import { SecretsModule } from './secrets/index.js';
import { WebhooksModule } from './webhooks/index.js';

/** Composition of the API process. */
@Module({})
export class AppModule {
  static forRoot(settings: Settings, presenters: ErrorPresenters, logger: Logger): DynamicModule {
    return {
      module: AppModule,
      imports: [
        SettingsModule.forRoot(settings),
        DatabaseModule.forRoot(ENTITIES),
        HttpModule.forRoot(presenters, logger),
        AuditWriterModule,
        ConfigsModule,
        MailModule,
        IdempotencyModule,
        TenantsModule,
        QueueModule,
        ErasureContentsModule,
        CryptoModule,
        KeyRotationModule,
        AuthModule,
        UserDirectoryModule,
        AccountsModule,
        OrganizationsModule,
        ProjectsModule,
        FilesModule,
        SecretsModule,
        RedactionModule,
        KnowledgeModule,
        CompletionsModule,
        ChatsModule,
        AuditModule,
        JobsModule,
        WebhooksModule,
        AdminModule,
        LimitsModule.forRoot(),
        HealthModule,
        MetricsModule,
        DocsModule,
        OpenaiModule,
        SafekeylabModule,
        PlatformModule,
        KeynestModule,
        SeroModule,
      ],
    };
  }
}
