import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.module.js';
import { LeaderDuty, type Term } from '../../platform/leader/leader-duty.js';
import { pause } from '../../platform/leader/pause.js';
import { LOGGER } from '../../platform/telemetry/logger.js';
import { AuditStream } from './audit-stream.js';
import { collectorsOf } from './collectors.js';
import { StreamPositionsRepository } from './stream-positions.repository.js';
import { StreamSource } from './stream-source.service.js';

const TIMES = { pauseMs: 1_000, mostPauseMs: 60_000, checkpointMs: 60_000 };
const NEVER_MS = 2 ** 31 - 1;

/** Sends the audit log to the collectors that the settings name, each by itself, beside all that writes and sequences it. */
@Injectable()
export class AuditStreamer extends LeaderDuty {
  constructor(
    private readonly source: StreamSource,
    private readonly positions: StreamPositionsRepository,
    private readonly dataSource: DataSource,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    super();
  }

  async serve({ signal }: Term): Promise<void> {
    const { source, positions, logger } = this;
    const db = this.dataSource.manager;
    const streams = collectorsOf(this.settings).map(
      (collector) => new AuditStream(collector, { source, positions, db, logger, ...TIMES }),
    );
    await Promise.all(streams.map((stream) => stream.serve(signal)));
    // A duty that ends ends its leader's term.
    while (!signal.aborted) await pause(NEVER_MS, signal);
  }
}
