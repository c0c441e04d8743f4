import { type DynamicModule, Module } from '@nestjs/common';
import { CryptoModule } from '../../crypto/index.js';
import { AuditWriterModule } from '../../platform/audit/audit.module.js';
import type { Settings } from '../../platform/config/settings.js';
import { SettingsModule } from '../../platform/config/settings.module.js';
import { DatabaseModule } from '../../platform/database/database.module.js';
import { IdempotencyModule } from '../../platform/idempotency/idempotency.module.js';
import { QueueModule } from '../../platform/queue/queue.module.js';
import type { QueueTimings } from '../../platform/queue/queue-timings.js';
import { WorkerQueueModule } from '../../platform/queue/worker-queue.module.js';
import { createLogger } from '../../platform/telemetry/logger.js';
import { LoggerModule } from '../../platform/telemetry/logger.module.js';
import { JobsModule } from '../jobs.module.js';
import { DEMO_TASK, DemoEnding, DemoHandler } from './demo-tasks.js';

/** Everything is found lost within four seconds, so that a test need not wait for half a minute. */
export const FAST: QueueTimings = {
  leaseMs: 3_000,
  renewMs: 300,
  sweepMs: 300,
  lostMs: 700,
  finishMs: 600,
  abortMs: 400,
};

/** A worker whose only task is the demo's. */
@Module({})
export class DemoModule {
  static forRoot(settings: Settings): DynamicModule {
    return {
      module: DemoModule,
      imports: [
        SettingsModule.forRoot(settings),
        LoggerModule.forRoot(createLogger(settings.REDOUBT_LOG_LEVEL)),
        DatabaseModule.forRoot([]),
        AuditWriterModule,
        CryptoModule,
        QueueModule,
        IdempotencyModule,
        JobsModule,
        WorkerQueueModule.forRoot([DEMO_TASK], FAST),
      ],
      providers: [DemoEnding, DemoHandler],
    };
  }
}
