import {
  type DynamicModule,
  Inject,
  Module,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { ThrottlerModule, type ThrottlerModuleOptions } from '@nestjs/throttler';
import type { Redis } from 'ioredis';
import { DataSource } from 'typeorm';
import type { Settings } from '../config/settings.js';
import { SETTINGS } from '../config/settings.module.js';
import { Admission } from './admission.js';
import { Allowances } from './allowances.service.js';
import { ForeseenDecisions } from './foreseen-decisions.service.js';
import { ForeseenPrincipals } from './foreseen-principals.service.js';
import { UsageController } from './http/usage.controller.js';
import { LayeredLimitStorage } from './layered-limit.storage.js';
import { LimitStorage } from './limit-storage.js';
import { PlanThrottlerGuard } from './plan-throttler.guard.js';
import { PlanThrottlerStorage } from './plan-throttler.storage.js';
import { PostgresLimitStorage } from './postgres-limit.storage.js';
import { connectForLimits } from './redis-connection.js';
import { RedisLimitStorage } from './redis-limit.storage.js';
import { SlotKeeper } from './slot-keeper.service.js';

const CONNECTION = Symbol('redis of the limits');

/** Where requests are counted: Redis where there is one, else the database. */
@Module({
  providers: [
    {
      provide: CONNECTION,
      inject: [SETTINGS],
      useFactory: ({ REDIS_URL }: Settings) => (REDIS_URL ? connectForLimits(REDIS_URL) : undefined),
    },
    {
      provide: PostgresLimitStorage,
      inject: [DataSource],
      useFactory: (dataSource: DataSource) => new PostgresLimitStorage(dataSource),
    },
    {
      provide: LimitStorage,
      inject: [PostgresLimitStorage, CONNECTION],
      useFactory: (database: PostgresLimitStorage, redis?: Redis) =>
        redis ? new LayeredLimitStorage(new RedisLimitStorage(redis), database) : database,
    },
    PlanThrottlerStorage,
  ],
  exports: [LimitStorage, PlanThrottlerStorage],
})
class LimitStorageModule implements OnModuleInit, OnApplicationShutdown {
  constructor(@Inject(CONNECTION) private readonly redis: Redis | undefined) {}

  /** Without Redis the process starts all the same: requests get a 503 until it is there. */
  async onModuleInit(): Promise<void> {
    await this.redis?.connect().catch(() => undefined);
  }

  onApplicationShutdown(): void {
    this.redis?.disconnect();
  }
}

/** One named throttler carries every plan: {@link PlanThrottlerGuard} reads limits and times from the plan instead. */
const throttler = ThrottlerModule.forRootAsync({
  imports: [LimitStorageModule],
  inject: [PlanThrottlerStorage],
  useFactory: (storage: PlanThrottlerStorage): ThrottlerModuleOptions => ({
    throttlers: [{ name: 'plan', limit: 1, ttl: 1 }],
    setHeaders: false,
    storage,
  }),
});

const slotKeeper = {
  provide: SlotKeeper,
  inject: [LimitStorage],
  useFactory: (storage: LimitStorage) => new SlotKeeper(storage),
};

/** Plans: what each client may send, and what is left of it. */
@Module({})
export class LimitsModule {
  static forRoot(): DynamicModule {
    return {
      module: LimitsModule,
      imports: [LimitStorageModule, throttler],
      controllers: [UsageController],
      providers: [
        Admission,
        Allowances,
        ForeseenDecisions,
        ForeseenPrincipals,
        PlanThrottlerGuard,
        slotKeeper,
      ],
      exports: [Admission, ForeseenPrincipals],
    };
  }
}
