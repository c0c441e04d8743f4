import { Global, Module } from '@nestjs/common';
import { sealedTexts } from '../erasure/sealed-texts.js';
import { IdempotencyRepository } from './idempotency.repository.js';
import { IdempotencySweeper } from './idempotency.sweeper.js';
import { STORED_ANSWER_TEXTS } from './stored-answer-texts.js';
import { Writes } from './writes.js';

/** Writes that happen once. Global, since every feature has writes. */
@Global()
@Module({
  providers: [IdempotencyRepository, IdempotencySweeper, Writes, sealedTexts(...STORED_ANSWER_TEXTS)],
  exports: [IdempotencyRepository, Writes],
})
export class IdempotencyModule {}
