import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Tx } from '../database/unit-of-work.js';
import { findProviders } from '../providers/find-providers.js';
import type { Task } from './job.js';

/** What a feature does when tasks of one of its types have ended. A feature makes it a provider of its module. */
export abstract class TaskEnding {
  /** The type of the tasks, as their definition has it. */
  abstract readonly type: string;
  /**
   * Runs in the transaction that ends tasks of one job, however they ended: completed (after their effect), failed for
   * good, cancelled, or given up since they cost too many workers. A task that is repeated ends again. Short.
   */
  abstract run(tasks: readonly Task[], tx: Tx): Promise<void>;
  /** Runs in the transaction that queues ended tasks of one job again. Short. */
  async undo(_tasks: readonly Task[], _tx: Tx): Promise<void> {}
}

/** Finds what is to be done at the end of tasks; in every process, since workers end them and so do those who cancel. */
@Injectable()
export class TaskEndings {
  private endings: readonly TaskEnding[] | undefined;

  constructor(private readonly discovery: DiscoveryService) {}

  /** @param tasks as they are after their end */
  async run(tasks: readonly Task[], tx: Tx): Promise<void> {
    for (const [ending, own] of this.endingsOf(tasks)) await ending.run(own, tx);
  }

  /** @param tasks as they were before they were queued again */
  async undo(tasks: readonly Task[], tx: Tx): Promise<void> {
    for (const [ending, own] of this.endingsOf(tasks)) await ending.undo(own, tx);
  }

  private endingsOf(tasks: readonly Task[]): (readonly [TaskEnding, readonly Task[]])[] {
    this.endings ??= findProviders(this.discovery, TaskEnding);
    return this.endings
      .map((ending) => [ending, tasks.filter(({ type }) => type === ending.type)] as const)
      .filter(([, own]) => own.length > 0);
  }
}
