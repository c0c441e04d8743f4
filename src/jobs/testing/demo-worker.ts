// A worker process that does the demo's tasks until SIGTERM. Settings come by the environment. Says READY when it takes tasks.
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { loadSettings } from '../../platform/config/settings.js';
import { Leadership } from '../../platform/leader/leadership.js';
import { QueueWorker } from '../../platform/queue/queue-worker.js';
import { DemoModule } from './demo.module.js';

const app = await NestFactory.createApplicationContext(DemoModule.forRoot(loadSettings(process.env)), {
  logger: false,
  abortOnError: false,
});
process.once('SIGTERM', () => void app.close().then(() => process.exit(0)));
await app.get(QueueWorker, { strict: false }).start();
app.get(Leadership, { strict: false }).start();
process.stdout.write('READY\n');
