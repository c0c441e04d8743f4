import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { taskDuration } from '../telemetry/metrics.js';
import type { Task } from './job.js';
import { type HeldLease, LeaseKeeper, LeaseLost, WorkerStopping } from './lease-keeper.js';
import { QUEUE_TIMINGS, type QueueTimings } from './queue-timings.js';
import { type Claimed, TaskClaims } from './task-claims.js';
import type { TaskContext } from './task-handler.js';
import { TaskJournal } from './task-journal.js';
import { TaskRegistry } from './task-registry.js';
import { type Outcome, TaskSettlement } from './task-settlement.js';

const DRAIN_POLL_MS = 20;

/** Takes a task when it is called for one, and does it. */
@Injectable()
export class TaskRunner {
  private readonly running = new Map<HeldLease, Task>();

  constructor(
    private readonly claims: TaskClaims,
    private readonly registry: TaskRegistry,
    private readonly leases: LeaseKeeper,
    private readonly settlement: TaskSettlement,
    private readonly journal: TaskJournal,
    @Inject(QUEUE_TIMINGS) private readonly timings: QueueTimings,
  ) {}

  /** Does the task if it is there to be taken; resolves when its attempt has ended, whatever it came to. */
  async run(taskId: string): Promise<void> {
    const askedAt = performance.now();
    const claimed = await this.claims.claim(taskId, this.registry.kinds);
    if (!claimed) return;
    const { task, token } = claimed;
    const lease = this.leases.hold({ taskId, token }, askedAt);
    this.running.set(lease, task);
    const outcome = await this.attempt(claimed, lease).finally(() => {
      lease.release();
      this.running.delete(lease);
    });
    taskDuration.observe({ type: task.type, outcome }, (performance.now() - askedAt) / 1000);
  }

  /**
   * Ends what runs: it may finish for a while, is then told to stop, and is put back if it does not. Resolves when no
   * task is held any more; a handler that goes on all the same changes nothing.
   */
  async drain(): Promise<void> {
    if (await this.idleWithin(this.timings.finishMs)) return;
    this.leases.stopAll();
    if (await this.idleWithin(this.timings.abortMs)) return;
    for (const [lease, task] of this.running) await this.settlement.release(task, lease);
  }

  /** A task that was taken away meanwhile, or whose organization has ended, may well have failed: nobody is told of that. */
  private async fail(task: Task, lease: HeldLease, error: unknown): Promise<Outcome> {
    const { definition } = this.registry.handlerOf(task);
    let outcome: Outcome | undefined;
    try {
      outcome = await this.settlement.fail(task, lease, definition, error);
      return outcome;
    } finally {
      if (outcome !== 'lost') this.journal.noteFailure(task, error);
    }
  }

  private async idleWithin(ms: number): Promise<boolean> {
    const until = performance.now() + ms;
    while (this.running.size > 0 && performance.now() < until) await sleep(DRAIN_POLL_MS);
    return this.running.size === 0;
  }

  private async attempt({ task, job }: Claimed, lease: HeldLease): Promise<Outcome> {
    const handler = this.registry.handlerOf(task);
    try {
      const input = handler.definition.schema(task.input);
      const context: TaskContext = { task, job, input, signal: lease.signal, log: this.journal.of(task) };
      const effect = await handler.run(context);
      lease.signal.throwIfAborted();
      await this.settlement.complete(task, lease, effect);
      return 'completed';
    } catch (error) {
      if (error instanceof LeaseLost) return 'lost';
      const { reason } = lease.signal;
      if (reason instanceof LeaseLost) return 'lost';
      if (reason instanceof WorkerStopping) return this.settlement.release(task, lease);
      return this.fail(task, lease, error);
    }
  }
}
