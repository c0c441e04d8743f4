import { Inject, Injectable } from '@nestjs/common';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.module.js';

/** Time, chance and patience, so that tests can have all three in hand. */
export abstract class DeliveryClock {
  /** Seconds before the second attempt of a delivery and every further one. */
  abstract readonly retrySeconds: readonly number[];
  abstract now(): Date;
  /** From 0 inclusive to 1 exclusive. */
  abstract random(): number;
}

@Injectable()
export class SystemDeliveryClock extends DeliveryClock {
  readonly retrySeconds: readonly number[];

  constructor(@Inject(SETTINGS) { REDOUBT_WEBHOOK_RETRY_SECONDS }: Settings) {
    super();
    this.retrySeconds = REDOUBT_WEBHOOK_RETRY_SECONDS;
  }

  now(): Date {
    return new Date();
  }

  random(): number {
    return Math.random();
  }
}
