import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { AppModule } from './app.module.js';
import type { Settings } from './platform/config/settings.js';
import { Authenticator, addAuthentication } from './platform/http/access.guard.js';
import { ErrorPresenters } from './platform/http/error-presenter.js';
import { createHttpAdapter } from './platform/http/http-adapter.js';
import { addAccessLog } from './platform/telemetry/access-log.js';
import { createLogger, NestLogger } from './platform/telemetry/logger.js';

interface AppOptions {
  /** Builds the modules without their providers: enough for the contract, and needs no database. */
  readonly preview?: boolean;
}

/** The API application, ready to listen. */
export async function createApp(settings: Settings, { preview = false }: AppOptions = {}) {
  const presenters = new ErrorPresenters();
  const logger = createLogger(settings.REDOUBT_LOG_LEVEL);
  const adapter = createHttpAdapter(settings, presenters);
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  addAccessLog(fastify, logger);
  const root = AppModule.forRoot(settings, presenters, logger);
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    preview,
    bodyParser: false,
    abortOnError: false,
    logger: preview ? false : new NestLogger(logger),
  });
  if (!preview) addAuthentication(fastify, app.get(Authenticator));
  return app;
}
