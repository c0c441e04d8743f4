import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { InstallationGauges } from '../../platform/telemetry/installation-gauges.js';
import { auditSegmentsDue } from '../../platform/telemetry/metrics.js';
import { DueSegmentsRepository } from './due-segments.repository.js';

/** After the announcement, in seconds: the hour, and two rounds of retention. */
const LATE_SECONDS = 3_600 + 2 * 600;

/** How many segments ought to have been taken out. */
@Injectable()
export class SegmentGauges extends InstallationGauges {
  constructor(private readonly segments: DueSegmentsRepository) {
    super();
  }

  async read(tx: Tx): Promise<void> {
    auditSegmentsDue.set(await this.segments.countDue(LATE_SECONDS, tx));
  }

  forget(): void {
    auditSegmentsDue.remove();
  }
}
