import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import { LeaderDuty, type Term } from '../../platform/leader/leader-duty.js';
import { pause } from '../../platform/leader/pause.js';
import { LOGGER } from '../../platform/telemetry/logger.js';
import { auditSequenced } from '../../platform/telemetry/metrics.js';
import { OutageLog } from '../../platform/telemetry/outage-log.js';
import { CheckpointPublisher } from './checkpoint-publisher.service.js';
import { SequencingRound } from './sequencing-round.service.js';

const PAUSE_MS = 1_000;
/** A log that was put back goes on after so many milliseconds at most. */
const RELEASE_MS = 10_000;

/**
 * Gives audit rows their places in the log, about each second while there are any, and puts the newest checkpoint outside of the
 * database after each commit. What goes wrong is tried again: rows wait, and a checkpoint that was not put outside is put there
 * later, itself or a newer one.
 */
@Injectable()
export class AuditSequencer extends LeaderDuty {
  private readonly outages: { readonly rounds: OutageLog; readonly publishing: OutageLog };

  constructor(
    private readonly rounds: SequencingRound,
    private readonly publisher: CheckpointPublisher,
    private readonly dataSource: DataSource,
    @Inject(LOGGER) logger: Logger,
  ) {
    super();
    this.outages = {
      rounds: new OutageLog(logger, 'giving audit rows their places'),
      publishing: new OutageLog(logger, 'keeping the checkpoint of the audit log outside of the database'),
    };
  }

  async serve({ signal }: Term): Promise<void> {
    let missedAreQueued = false;
    let releasedAt = Number.NEGATIVE_INFINITY;
    while (!signal.aborted) {
      try {
        if (!missedAreQueued) await this.rounds.takeUpMissed();
        missedAreQueued = true;
        if (performance.now() - releasedAt > RELEASE_MS) {
          await this.rounds.release();
          releasedAt = performance.now();
        }
        await this.sequence(signal);
        this.outages.rounds.over();
      } catch (error) {
        this.outages.rounds.note(error);
      }
      await this.publish();
      await pause(PAUSE_MS, signal);
    }
  }

  /** Until nothing waits. */
  private async sequence(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && (await this.rounds.hasWork(this.dataSource.manager)))
      auditSequenced.inc(await this.rounds.run());
  }

  private async publish(): Promise<void> {
    try {
      if (!(await this.publisher.publish())) await this.rounds.judgeInstance();
      this.outages.publishing.over();
    } catch (error) {
      this.outages.publishing.note(error);
    }
  }
}
