import type { ServerResponse } from 'node:http';
import type { OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { LEASE_SECONDS, type Lease, type LimitStorage } from './limit-storage.js';

/** Three tries before a slot in use would lapse. */
const RENEW_MS = (LEASE_SECONDS * 1_000) / 3;

/** What could not be given back is tried again after this: a connection that broke is there again within a moment. */
const AGAIN_MS = 1_000;

/**
 * Keeps the slots of this process's requests: each until its answer has been sent or its client has gone. Where the
 * storage cannot be reached a slot lapses by itself.
 */
export class SlotKeeper implements OnModuleInit, OnApplicationShutdown {
  private readonly held = new Set<Lease>();
  private readonly unreleased = new Set<Lease>();
  private timer: NodeJS.Timeout | undefined;
  private again: NodeJS.Timeout | undefined;

  constructor(
    private readonly storage: LimitStorage,
    private readonly renewMs = RENEW_MS,
    private readonly againMs = AGAIN_MS,
  ) {}

  onModuleInit(): void {
    this.timer = setInterval(() => void this.renew(), this.renewMs).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    clearTimeout(this.again);
    await this.storage.release([...this.held, ...this.unreleased]).catch(() => undefined);
  }

  /** Holds a slot until the answer's `close`, which comes whether it was finished or cut off. */
  hold(lease: Lease, response: ServerResponse): void {
    if (response.closed) return void this.release(lease);
    this.held.add(lease);
    response.once('close', () => void this.release(lease));
  }

  private async release(lease: Lease): Promise<void> {
    this.held.delete(lease);
    await this.storage.release([lease]).catch(() => this.tryAgain(lease));
  }

  /** It would lapse by itself, but not soon. */
  private tryAgain(lease: Lease): void {
    this.unreleased.add(lease);
    this.again ??= setTimeout(() => {
      this.again = undefined;
      const leases = [...this.unreleased];
      this.unreleased.clear();
      for (const each of leases) void this.release(each);
    }, this.againMs).unref();
  }

  private async renew(): Promise<void> {
    await this.storage.renew([...this.held]).catch(() => undefined);
  }
}
