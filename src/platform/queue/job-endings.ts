import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Tx } from '../database/unit-of-work.js';
import { findProviders } from '../providers/find-providers.js';
import type { Job } from './job.js';

/** What a feature does when a job of one of its types has ended. A feature makes it a provider of its module. */
export abstract class JobEnding {
  abstract readonly type: string;
  /** Runs in the transaction that ends the job, however it ended; a job that is repeated ends again. Short. */
  abstract run(job: Job, tx: Tx): Promise<void>;
}

/** Finds what is to be done at a job's end; in every process, since workers end jobs and so do those who cancel them. */
@Injectable()
export class JobEndings {
  private endings: readonly JobEnding[] | undefined;

  constructor(private readonly discovery: DiscoveryService) {}

  async run(job: Job, tx: Tx): Promise<void> {
    this.endings ??= findProviders(this.discovery, JobEnding);
    for (const ending of this.endings) if (ending.type === job.type) await ending.run(job, tx);
  }
}
