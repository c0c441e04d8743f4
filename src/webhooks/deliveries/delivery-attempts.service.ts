import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { describeError } from '../../platform/errors/describe-error.js';
import { LOGGER } from '../../platform/telemetry/logger.js';
import type { ClaimedDelivery } from './delivery.js';
import { DeliveryClaims } from './delivery-claims.repository.js';
import { DeliverySender } from './delivery-sender.service.js';
import { DeliverySettlement } from './delivery-settlement.service.js';

/** Attempts from the claim to what is written down of them. */
@Injectable()
export class DeliveryAttempts {
  constructor(
    private readonly sender: DeliverySender,
    private readonly settlement: DeliverySettlement,
    private readonly claims: DeliveryClaims,
    private readonly unitOfWork: UnitOfWork,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Never throws: what goes wrong on this side leaves the delivery to whoever claims it after its lease. */
  async make(delivery: ClaimedDelivery, signal: AbortSignal): Promise<void> {
    try {
      await this.settlement.settle(delivery, await this.sender.send(delivery, signal));
    } catch (error) {
      if (signal.aborted) return this.giveBack(delivery);
      this.note('a delivery could not be made or written down', delivery, error);
    }
  }

  private async giveBack(delivery: ClaimedDelivery): Promise<void> {
    try {
      await this.unitOfWork.run((tx) => this.claims.giveBack(delivery, tx));
    } catch (error) {
      this.note('a delivery could not be given back', delivery, error);
    }
  }

  private note(message: string, { id, webhookId, attempt }: ClaimedDelivery, error: unknown): void {
    this.logger.warn({ message, deliveryId: id, webhookId, attempt, err: describeError(error) });
  }
}
