import 'reflect-metadata';
import { DiscoveryService, NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { acceptBasicForBoard, addQueueBoard } from './admin/index.js';
import { AppModule } from './app.module.js';
import type { Settings } from './platform/config/settings.js';
import { addEarlyLookUps, EarlyLookUps } from './platform/http/early-look-ups.js';
import { ErrorPresenters } from './platform/http/error-presenter.js';
import { createHttpAdapter } from './platform/http/http-adapter.js';
import { Admission } from './platform/limits/admission.js';
import { ForeseenPrincipals } from './platform/limits/foreseen-principals.service.js';
import { Gate } from './platform/limits/gate.js';
import { findProviders } from './platform/providers/find-providers.js';
import { addAccessLog } from './platform/telemetry/access-log.js';
import { addHttpMetrics } from './platform/telemetry/http-metrics.js';
import { createLogger, NestLogger } from './platform/telemetry/logger.js';

interface AppOptions {
  /** Builds the modules without their providers: enough for the contract, and needs no database. */
  readonly preview?: boolean;
}

/** The API application, ready to listen. */
export async function createApp(settings: Settings, { preview = false }: AppOptions = {}) {
  const presenters = new ErrorPresenters();
  const logger = createLogger(settings.REDOUBT_LOG_LEVEL);
  const gate = new Gate();
  const adapter = createHttpAdapter(settings, presenters, gate);
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  addAccessLog(fastify, logger);
  addHttpMetrics(fastify);
  const root = AppModule.forRoot(settings, presenters, logger);
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    preview,
    bodyParser: false,
    abortOnError: false,
    logger: preview ? false : new NestLogger(logger),
  });
  if (preview) return app;
  acceptBasicForBoard(fastify);
  const foreseen = app.get(ForeseenPrincipals);
  const lookUps = findProviders(app.get(DiscoveryService), EarlyLookUps);
  addEarlyLookUps(fastify, lookUps, (request) => foreseen.of(request));
  gate.open(fastify, app.get(Admission));
  addQueueBoard(fastify, { settings, presenters, logger });
  return app;
}
