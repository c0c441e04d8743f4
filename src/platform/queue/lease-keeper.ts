import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import { LOGGER } from '../telemetry/logger.js';
import { OutageLog } from '../telemetry/outage-log.js';
import { QUEUE_TIMINGS, type QueueTimings } from './queue-timings.js';
import { type Lease, TasksRepository } from './tasks.repository.js';

/** The task was cancelled, or given to another worker: nothing that is still done for it counts. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

/** The worker stops: the task goes back into the queue. */
export class WorkerStopping extends Error {
  override readonly name = 'WorkerStopping';
}

/** A task that this process works on. */
export interface HeldLease extends Lease {
  /** Aborts with {@link LeaseLost} or {@link WorkerStopping}. */
  readonly signal: AbortSignal;
  release(): void;
}

interface Held extends Lease {
  readonly controller: AbortController;
  /** By this process's monotonic clock. */
  renewedAt: number;
}

/** Renews the leases of all tasks this process works on, together, and notices which were taken away. */
@Injectable()
export class LeaseKeeper {
  private readonly held = new Map<string, Held>();
  private readonly outage: OutageLog;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly tasks: TasksRepository,
    private readonly dataSource: DataSource,
    @Inject(QUEUE_TIMINGS) private readonly timings: QueueTimings,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.outage = new OutageLog(logger, 'renewing leases');
  }

  /** How many tasks this process works on. */
  get size(): number {
    return this.held.size;
  }

  /** @param claimedAt when the claim was asked for, by `performance.now()` */
  hold(lease: Lease, claimedAt: number): HeldLease {
    const controller = new AbortController();
    const held: Held = { ...lease, controller, renewedAt: claimedAt };
    this.held.set(lease.token, held);
    this.timer ??= setTimeout(() => void this.renewAll(), this.timings.renewMs);
    return { ...lease, signal: controller.signal, release: () => void this.held.delete(lease.token) };
  }

  /** Tells every task that the worker stops. */
  stopAll(): void {
    for (const { controller } of this.held.values()) controller.abort(new WorkerStopping());
  }

  private async renewAll(): Promise<void> {
    const leases = [...this.held.values()];
    const asked = performance.now();
    try {
      if (leases.length > 0) await this.renew(leases, asked);
      this.outage.over();
    } catch (error) {
      this.outage.note(error);
    }
    this.dropOverdue();
    this.timer =
      this.held.size === 0 ? undefined : setTimeout(() => void this.renewAll(), this.timings.renewMs);
  }

  private async renew(leases: readonly Held[], asked: number): Promise<void> {
    const kept = await this.tasks.renew(leases, this.timings.leaseMs / 1000, this.dataSource.manager);
    for (const lease of leases) {
      if (kept.includes(lease.taskId)) lease.renewedAt = asked;
      else lease.controller.abort(new LeaseLost());
    }
  }

  /** Without the database no lease is renewed: by the time others may take the task, this process lets it go. */
  private dropOverdue(): void {
    const oldest = performance.now() - this.timings.leaseMs;
    for (const { renewedAt, controller } of this.held.values()) {
      if (renewedAt < oldest) controller.abort(new LeaseLost());
    }
  }
}
