import { NestFactory } from '@nestjs/core';
import { Reapplication } from '../audit/index.js';
import type { Settings } from '../platform/config/settings.js';
import { createLogger, NestLogger } from '../platform/telemetry/logger.js';
import { WorkerModule } from '../worker.module.js';

/**
 * Erases again what the ledger has and the database does not, before anybody is served. All features take part, so this
 * composes what a worker is made of, without doing a worker's work.
 */
export async function reapplyErasures(
  settings: Settings,
  entries: Parameters<Reapplication.ErasureReapplication['run']>[0],
): Promise<void> {
  const logger = createLogger(settings.REDOUBT_LOG_LEVEL);
  const app = await NestFactory.createApplicationContext(WorkerModule.forRoot(settings, logger), {
    logger: new NestLogger(logger),
    abortOnError: false,
  });
  try {
    const reapplication = app.get(Reapplication.ErasureReapplication, { strict: false });
    await reapplication.run(entries, new AbortController().signal);
  } finally {
    await app.close();
  }
}
