import { setTimeout as sleep } from 'node:timers/promises';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Tx, UnitOfWork } from '../database/unit-of-work.js';
import { OutageLog } from '../telemetry/outage-log.js';
import { LEASE_SECONDS, type LooseObjectsRepository } from './loose-objects.repository.js';
import type { ObjectStore } from './object-store.js';
import { storageUnavailable } from './storage.errors.js';

/** Three tries before a lease would lapse. */
const RENEW_MS = (LEASE_SECONDS * 1_000) / 3;

/** A client that waits for its refusal waits no longer for a storage that does not answer. */
const DELETE_MS = 5_000;

/** Its lease lapsed and a sweep took it: what is still written of it counts for nothing. */
class ObjectLost extends Error {
  override readonly name = 'ObjectLost';
}

/**
 * Objects that nothing refers to. An object is registered before its first byte flows and claimed in the transaction
 * that makes what refers to it, so that whatever happens between, a sweep finds it; one whose file is deleted is doomed in that
 * transaction.
 */
export class LooseObjects implements OnApplicationShutdown {
  private readonly held = new Map<string, AbortController>();
  /** Keys this process registered and knows to be nobody's: no file can get them any more. */
  private readonly lost = new Set<string>();
  private readonly outage: OutageLog;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly repository: LooseObjectsRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly store: ObjectStore,
    logger: Logger,
    private readonly renewMs = RENEW_MS,
  ) {
    this.outage = new OutageLog(logger, 'renewing leases of stored objects');
  }

  onApplicationShutdown(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  /**
   * Enters an object that is about to be written, in a transaction of its own, and renews its lease until it is
   * claimed or abandoned.
   * @returns a signal that aborts with STORAGE_UNAVAILABLE once the object can no longer be claimed
   */
  async register(key: string): Promise<AbortSignal> {
    await this.unitOfWork.run((tx) => this.repository.insert(key, tx));
    const controller = new AbortController();
    this.held.set(key, controller);
    this.timer ??= this.renewLater();
    return controller.signal;
  }

  /**
   * Gives the object to what this transaction makes, such as a file. From here on its row is locked, so no sweep gets it,
   * and after a rollback the lease runs on.
   * @throws AppError STORAGE_UNAVAILABLE when a sweep took the object away: the upload fails
   */
  async claim(key: string, tx: Tx): Promise<void> {
    this.held.delete(key);
    if (await this.repository.claim(key, tx)) return;
    this.lost.add(key);
    throw storageUnavailable(new ObjectLost());
  }

  /**
   * Renews the lease for a last time, so that the object is claimed within it or swept: for whoever may never learn that
   * the transaction which claims it did not come.
   * @throws AppError STORAGE_UNAVAILABLE when a sweep took the object away
   */
  async leave(key: string): Promise<void> {
    this.held.delete(key);
    const kept = await this.unitOfWork.run((tx) => this.repository.renew([key], tx));
    if (kept.length === 1) return;
    this.lost.add(key);
    throw storageUnavailable(new ObjectLost());
  }

  /**
   * Removes the object of an upload that failed, if it can be done now; a sweep does it otherwise. An object that a
   * file has got stays, so this is safe when nobody knows whether a transaction was committed. Never throws.
   */
  async abandon(key: string): Promise<void> {
    this.held.delete(key);
    const isLost = this.lost.delete(key);
    try {
      const isLoose = await this.unitOfWork.run((tx) => this.repository.doomLoose(key, tx));
      if (!isLoose && !isLost) return;
      const deleted = this.store.delete(key).then(() => true);
      if (await Promise.race([deleted, sleep(DELETE_MS, false, { ref: false })])) {
        await this.unitOfWork.run((tx) => this.repository.delete([key], tx));
      }
    } catch {
      // Its row is in the ledger, doomed or with a lease that lapses.
    }
  }

  /** Enters the objects of files that this transaction deletes; a sweep removes them within seconds. */
  async doom(keys: readonly string[], tx: Tx): Promise<void> {
    if (keys.length > 0) await this.repository.doom(keys, tx);
  }

  private renewLater(): NodeJS.Timeout | undefined {
    return this.stopped ? undefined : setTimeout(() => void this.renewAll(), this.renewMs).unref();
  }

  private async renewAll(): Promise<void> {
    try {
      if (this.held.size > 0) await this.renew([...this.held.keys()]);
      this.outage.over();
    } catch (error) {
      this.outage.note(error);
    }
    this.timer = this.held.size === 0 ? undefined : this.renewLater();
  }

  private async renew(keys: readonly string[]): Promise<void> {
    const kept = new Set(await this.unitOfWork.run((tx) => this.repository.renew(keys, tx)));
    for (const key of keys.filter((each) => !kept.has(each))) this.lose(key);
  }

  /** One that was claimed or abandoned meanwhile is no longer held, and so not lost. */
  private lose(key: string): void {
    const controller = this.held.get(key);
    if (!controller) return;
    this.held.delete(key);
    this.lost.add(key);
    controller.abort(storageUnavailable(new ObjectLost()));
  }
}
