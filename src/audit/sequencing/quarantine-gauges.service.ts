import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { InstallationGauges } from '../../platform/telemetry/installation-gauges.js';
import { auditQuarantined } from '../../platform/telemetry/metrics.js';
import { TreesRepository } from '../trees/trees.repository.js';

/** How many logs are set apart. */
@Injectable()
export class QuarantineGauges extends InstallationGauges {
  constructor(private readonly trees: TreesRepository) {
    super();
  }

  async read(tx: Tx): Promise<void> {
    auditQuarantined.set(await this.trees.countQuarantined(tx));
  }

  forget(): void {
    auditQuarantined.remove();
  }
}
