import { type DynamicModule, Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE, DiscoveryModule } from '@nestjs/core';
import type { Logger } from 'pino';
import { IdempotencyGuard } from '../idempotency/idempotency.guard.js';
import { LOGGER } from '../telemetry/logger.js';
import { EndedTenantInterceptor } from '../tenants/ended-tenant.interceptor.js';
import { AccessGuard } from './access.guard.js';
import { ErrorFilter } from './error.filter.js';
import { ErrorPresenters } from './error-presenter.js';
import { RequestPipe } from './request.pipe.js';
import { Tenancy } from './tenancy.service.js';
import { ThingNumbers } from './thing-numbers.service.js';

/** Guard, pipe and error filter of every route. */
@Global()
@Module({})
export class HttpModule {
  static forRoot(presenters: ErrorPresenters, logger: Logger): DynamicModule {
    return {
      module: HttpModule,
      imports: [DiscoveryModule],
      providers: [
        { provide: ErrorPresenters, useValue: presenters },
        { provide: LOGGER, useValue: logger },
        Tenancy,
        ThingNumbers,
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_GUARD, useClass: IdempotencyGuard },
        { provide: APP_INTERCEPTOR, useClass: EndedTenantInterceptor },
        { provide: APP_PIPE, useClass: RequestPipe },
        { provide: APP_FILTER, useClass: ErrorFilter },
      ],
      exports: [ErrorPresenters, LOGGER, Tenancy, ThingNumbers],
    };
  }
}
