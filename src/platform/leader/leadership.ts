import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import pg, { type ClientBase } from 'pg';
import type { Logger } from 'pino';
import type { Settings } from '../config/settings.js';
import { SETTINGS } from '../config/settings.module.js';
import { describeError } from '../errors/describe-error.js';
import { findProviders } from '../providers/find-providers.js';
import { LOGGER } from '../telemetry/logger.js';
import { LeaderDuty } from './leader-duty.js';
import { pause } from './pause.js';

/** "redoubt" in a phone's letters, and the number of this lock: PostgreSQL keeps pairs apart from single numbers. */
const LOCK = [7336828, 1];
/** A dead leader is followed within a second. */
const CAMPAIGN_MS = 1_000;
/** A connection that died without a word is noticed after heartbeat and timeout. */
const HEARTBEAT_MS = 5_000;
const QUERY_TIMEOUT_MS = 5_000;

/**
 * Elects one process of all that share the database, by a session advisory lock on a connection of its own: the lock
 * goes with the process or its connection, and another one follows. Needs a session, so no pooler in transaction mode.
 */
@Injectable()
export class Leadership implements BeforeApplicationShutdown {
  private readonly stop = new AbortController();
  private campaign: Promise<void> = Promise.resolve();

  constructor(
    private readonly discovery: DiscoveryService,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Stands for leader until the process stops. */
  start(): void {
    this.campaign = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stop.abort();
    await this.campaign;
  }

  private async run(): Promise<void> {
    while (!this.stop.signal.aborted) {
      try {
        await this.serveTerm();
      } catch (error) {
        this.logger.warn({ message: 'leadership was lost or not reached', err: describeError(error) });
      }
      await pause(CAMPAIGN_MS, this.stop.signal);
    }
  }

  private async serveTerm(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.settings.DATABASE_URL,
      application_name: 'redoubt leader',
      keepAlive: true,
      connectionTimeoutMillis: QUERY_TIMEOUT_MS,
      query_timeout: QUERY_TIMEOUT_MS,
    });
    const over = new AbortController();
    client.on('error', () => over.abort());
    client.on('end', () => over.abort());
    const signal = AbortSignal.any([over.signal, this.stop.signal]);
    try {
      await client.connect();
      if (!(await this.win(client, signal))) return;
      this.logger.info({ message: 'this process leads' });
      const duties = findProviders(this.discovery, LeaderDuty).map((duty) => duty.serve({ client, signal }));
      await allEnd([this.beat(client, signal), ...duties], () => over.abort());
    } finally {
      await client.end().catch(() => {});
    }
  }

  private async win(client: ClientBase, signal: AbortSignal): Promise<boolean> {
    for (; !signal.aborted; await pause(CAMPAIGN_MS, signal)) {
      const { rows } = await client.query('SELECT pg_try_advisory_lock($1, $2) AS won', LOCK);
      if (rows[0]?.won === true) return true;
    }
    return false;
  }

  /** Throws when the connection no longer answers: then the server may have given the lock to another. */
  private async beat(client: ClientBase, signal: AbortSignal): Promise<void> {
    for (; !signal.aborted; await pause(HEARTBEAT_MS, signal)) await client.query('SELECT 1');
  }
}

/** The first that ends ends the others; resolves when none is left, so that no two terms of a process overlap. */
async function allEnd(works: readonly Promise<void>[], endAll: () => void): Promise<void> {
  const results = await Promise.allSettled(works.map((work) => work.finally(endAll)));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}
