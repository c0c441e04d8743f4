import type { INestApplicationContext } from '@nestjs/common';
import type { Settings } from '../platform/config/settings.js';
import { measureRuntime } from '../platform/telemetry/metrics.js';
import { MetricsService } from '../platform/telemetry/metrics.service.js';
import { listenForMonitors } from '../platform/telemetry/metrics-server.js';

/**
 * Measures this process's runtime and, where the setting names a port, serves its metrics there without a key.
 * @throws StartError when the port cannot be had
 */
export async function serveMonitors(
  app: INestApplicationContext,
  settings: Settings,
  setting: 'REDOUBT_METRICS_PORT' | 'REDOUBT_WORKER_METRICS_PORT',
): Promise<void> {
  measureRuntime();
  const port = settings[setting];
  if (port === undefined) return;
  const metrics = app.get(MetricsService, { strict: false });
  await listenForMonitors(metrics, { host: settings.HOST, port, setting });
}
