import { NestFactory } from '@nestjs/core';
import { Reapplication } from '../audit/index.js';
import type { Settings } from '../platform/config/settings.js';
import { StartError } from '../platform/errors/start-error.js';
import { createLogger, NestLogger } from '../platform/telemetry/logger.js';
import { WorkerModule } from '../worker.module.js';

/**
 * Erases again what the ledger has and the database does not, before anybody is served. All features take part, so this
 * composes what a worker is made of, without doing a worker's work.
 * @throws StartError where an entry of the ledger was changed: nobody could tell what it said
 */
export async function reapplyErasures(settings: Settings, ids: readonly string[]): Promise<void> {
  const logger = createLogger(settings.REDOUBT_LOG_LEVEL);
  const app = await NestFactory.createApplicationContext(WorkerModule.forRoot(settings, logger), {
    logger: new NestLogger(logger),
    abortOnError: false,
  });
  try {
    const reapplication = app.get(Reapplication.ErasureReapplication, { strict: false });
    await reapplication.run(ids, new AbortController().signal);
  } catch (error) {
    if (error instanceof Error && error.name === 'ForgedEntry')
      throw new StartError(
        "The ledger of erasures was changed: an entry does not bear this installation's signature. Restore the folder 'ledger/erasures' from a copy.",
      );
    throw error;
  } finally {
    await app.close();
  }
}
