import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { InstallationGauges } from '../../platform/telemetry/installation-gauges.js';
import { webhooksLag, webhooksWaiting } from '../../platform/telemetry/metrics.js';
import { DeliveriesRepository } from './deliveries.repository.js';

/** How much waits to be delivered, and how long it has. */
@Injectable()
export class DeliveryGauges extends InstallationGauges {
  constructor(private readonly repository: DeliveriesRepository) {
    super();
  }

  async read(tx: Tx): Promise<void> {
    const { waiting, seconds } = await this.repository.backlog(tx);
    webhooksWaiting.set(waiting);
    webhooksLag.set(seconds);
  }

  forget(): void {
    webhooksWaiting.remove();
    webhooksLag.remove();
  }
}
