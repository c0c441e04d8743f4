import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { loadSettings } from '../platform/config/settings.js';
import { StartError } from '../platform/errors/start-error.js';
import { Leadership } from '../platform/leader/leadership.js';
import { QueueWorker } from '../platform/queue/queue-worker.js';
import { linkToParent, reportReady } from '../platform/supervisor/child-link.js';
import { onSignals } from '../platform/supervisor/signals.js';
import { createLogger, NestLogger } from '../platform/telemetry/logger.js';
import { DeliveryWorker } from '../webhooks/index.js';
import { WorkerModule } from '../worker.module.js';
import { failStart } from './fail.js';
import { GRACE_MS } from './listening.js';
import { serveMonitors } from './serve-monitors.js';

/** The worker process: does tasks until it is told to stop, then ends or puts back what it had begun. */
export async function work(): Promise<void> {
  try {
    const settings = loadSettings(process.env);
    if (!settings.DATABASE_URL) {
      throw new StartError('The worker process needs DATABASE_URL; "npm start" sets it.');
    }
    const logger = createLogger(settings.REDOUBT_LOG_LEVEL);
    const app = await NestFactory.createApplicationContext(WorkerModule.forRoot(settings, logger), {
      abortOnError: false,
      logger: new NestLogger(logger),
    });
    const stop = (): void => void app.close().then(() => process.exit(0), failStart);
    linkToParent(stop, GRACE_MS);
    onSignals(stop);
    await serveMonitors(app, settings, 'REDOUBT_WORKER_METRICS_PORT');
    await app.get(QueueWorker, { strict: false }).start();
    app.get(DeliveryWorker, { strict: false }).start();
    app.get(Leadership, { strict: false }).start();
    reportReady();
  } catch (error) {
    failStart(error);
  }
}
