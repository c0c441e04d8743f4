import { setMaxListeners } from 'node:events';
import { Inject, Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Logger } from 'pino';
import { findProviders } from '../providers/find-providers.js';
import { LOGGER } from '../telemetry/logger.js';
import { OutageLog } from '../telemetry/outage-log.js';
import { LeaderDuty, type Term } from './leader-duty.js';
import { pause } from './pause.js';
import { PeriodicWork } from './periodic-work.js';

/** Repeats every {@link PeriodicWork} while this process leads, each at its own pace and never beside itself. */
@Injectable()
export class PeriodicRunner extends LeaderDuty {
  constructor(
    private readonly discovery: DiscoveryService,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    super();
  }

  async serve({ signal }: Term): Promise<void> {
    const works = findProviders(this.discovery, PeriodicWork);
    // All of them wait on the one signal; Node takes more than ten listeners for a leak.
    setMaxListeners(0, signal);
    await Promise.all(works.map((work) => this.repeat(work, signal)));
  }

  private async repeat(work: PeriodicWork, signal: AbortSignal): Promise<void> {
    const outage = new OutageLog(this.logger, work.name);
    while (!signal.aborted) {
      await work.run(signal).then(
        () => outage.over(),
        (error: unknown) => outage.note(error),
      );
      await pause(work.everyMs, signal);
    }
  }
}
