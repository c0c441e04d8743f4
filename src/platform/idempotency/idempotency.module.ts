import { Global, Module } from '@nestjs/common';
import { IdempotencyRepository } from './idempotency.repository.js';
import { IdempotencySweeper } from './idempotency.sweeper.js';
import { Writes } from './writes.js';

/** Writes that happen once. Global, since every feature has writes. */
@Global()
@Module({
  providers: [IdempotencyRepository, IdempotencySweeper, Writes],
  exports: [IdempotencyRepository, Writes],
})
export class IdempotencyModule {}
