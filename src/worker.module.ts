import { type DynamicModule, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import type { Logger } from 'pino';
import { AccountsModule, UserDirectoryModule } from './accounts/index.js';
import { AuditWorkModule, ErasuresModule } from './audit/index.js';
import { AuthModule } from './auth/index.js';
import { ChatErasureModule } from './chats/index.js';
import { EmbeddingsModule, ReceiptsModule, ShieldModule } from './completions/index.js';
import { CryptoModule, KeyRotationModule } from './crypto/index.js';
import { ENTITIES } from './entities.js';
import { FilesModule } from './files/index.js';
import { KnowledgeModule } from './knowledge/index.js';
import { OrganizationsModule } from './organizations/index.js';
import { AuditWriterModule } from './platform/audit/audit.module.js';
import type { Settings } from './platform/config/settings.js';
import { SettingsModule } from './platform/config/settings.module.js';
import { ConfigsModule } from './platform/configs/configs.module.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { ErasureContentsModule } from './platform/erasure/erasure-contents.module.js';
import { IdempotencyModule } from './platform/idempotency/idempotency.module.js';
import { RateLimitsSweeper } from './platform/limits/rate-limits.sweeper.js';
import { MailModule } from './platform/mail/mail.module.js';
import { QueueModule } from './platform/queue/queue.module.js';
import { WorkerQueueModule } from './platform/queue/worker-queue.module.js';
import { LoggerModule } from './platform/telemetry/logger.module.js';
import { MetricsService } from './platform/telemetry/metrics.service.js';
import { TenantsModule } from './platform/tenants/tenants.module.js';
import { ProjectsModule } from './projects/index.js';
import { RedactionModule } from './redaction/index.js';
import { SecretsModule } from './secrets/index.js';
import { TASKS } from './tasks.js';
import { WebhookDeliveryModule } from './webhooks/index.js';

/** Composition of a worker process: no HTTP. */
@Module({})
export class WorkerModule {
  static forRoot(settings: Settings, logger: Logger): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        SettingsModule.forRoot(settings),
        LoggerModule.forRoot(logger),
        DatabaseModule.forRoot(ENTITIES),
        AuditWriterModule,
        MailModule,
        ConfigsModule,
        IdempotencyModule,
        TenantsModule,
        QueueModule,
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
        EmbeddingsModule,
        ReceiptsModule,
        ShieldModule,
        WebhookDeliveryModule,
        DiscoveryModule,
        AuditWorkModule,
        ChatErasureModule,
        ErasuresModule,
        ErasureContentsModule,
        WorkerQueueModule.forRoot(TASKS),
      ],
      providers: [MetricsService, RateLimitsSweeper],
    };
  }
}
