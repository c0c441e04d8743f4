import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from '../app.js';
import { loadSettings, type Settings } from '../platform/config/settings.js';
import { StartError } from '../platform/errors/start-error.js';
import { linkToParent, reportReady } from '../platform/supervisor/child-link.js';
import { onSignals } from '../platform/supervisor/signals.js';
import { failStart } from './fail.js';
import { GRACE_MS, portTaken } from './listening.js';
import { serveMonitors } from './serve-monitors.js';

async function listen(app: NestFastifyApplication, settings: Settings): Promise<void> {
  try {
    await app.listen(settings.PORT, settings.HOST);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE') throw portTaken(settings);
    if (code === 'EACCES')
      throw new StartError(`This account may not listen on port ${settings.PORT}. Choose one above 1023.`);
    if (code === 'EADDRNOTAVAIL')
      throw new StartError(`${settings.HOST} is no address of this machine. Correct HOST.`);
    throw error;
  }
}

/** The API process: serves until it is told to stop, then lets the requests in flight end. */
export async function serve(): Promise<void> {
  try {
    const settings = loadSettings(process.env);
    if (!settings.DATABASE_URL)
      throw new StartError('The API process needs DATABASE_URL; "npm start" sets it.');
    const app = await createApp(settings);
    const stop = (): void => void app.close().then(() => process.exit(0), failStart);
    linkToParent(stop, GRACE_MS);
    onSignals(stop);
    await serveMonitors(app, settings, 'REDOUBT_METRICS_PORT');
    await listen(app, settings);
    reportReady();
  } catch (error) {
    failStart(error);
  }
}
