import { Inject, Injectable } from '@nestjs/common';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.module.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { InstallationGauges } from '../../platform/telemetry/installation-gauges.js';
import { auditStreamLag } from '../../platform/telemetry/metrics.js';
import { collectorNames } from './collectors.js';
import { StreamPositionsRepository } from './stream-positions.repository.js';

/** How far behind collectors are. */
@Injectable()
export class StreamGauges extends InstallationGauges {
  constructor(
    private readonly positions: StreamPositionsRepository,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {
    super();
  }

  async read(tx: Tx): Promise<void> {
    for (const collector of collectorNames(this.settings))
      auditStreamLag.set({ collector }, await this.positions.lag(collector, tx));
  }

  forget(): void {
    auditStreamLag.reset();
  }
}
