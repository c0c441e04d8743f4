import { type DynamicModule, Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Settings } from '../config/settings.js';
import { SETTINGS } from '../config/settings.module.js';
import { createDataSource, type EntityClass } from './data-source.js';
import { UnitOfWork } from './unit-of-work.js';

/** One connection pool for the process, closed after the HTTP server. */
@Global()
@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  static forRoot(entities: readonly EntityClass[]): DynamicModule {
    const dataSource = {
      provide: DataSource,
      inject: [SETTINGS],
      useFactory: (settings: Settings) =>
        createDataSource(
          settings.DATABASE_URL ?? 'postgres://unset',
          settings.DATABASE_POOL,
          entities,
        ).initialize(),
    };
    return { module: DatabaseModule, providers: [dataSource, UnitOfWork], exports: [DataSource, UnitOfWork] };
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}
