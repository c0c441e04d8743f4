import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { DataSource } from 'typeorm';
import type { Tx } from '../database/unit-of-work.js';
import { findProviders } from '../providers/find-providers.js';
import { InstallationGauges } from './installation-gauges.js';
import {
  auditLag,
  databaseRead,
  outboxBacklog,
  poolConnections,
  poolMaximum,
  poolWaiting,
  queueLag,
  registry,
  tasks,
} from './metrics.js';

/** A scrape waits no longer for the database; Prometheus itself waits 10 s by default. */
const PATIENCE_MS = 2_000;

/** What pg's connection pool tells of itself. */
interface Pool {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
  readonly options: { readonly max: number };
}

interface Backlog {
  readonly queued: number;
  readonly running: number;
  readonly failed: number;
  readonly lag: number;
  readonly outbox: number;
  readonly auditLag: number;
}

/** Each number by an index over what is unfinished or failed: the finished, of which there are most, are not read. */
const BACKLOG = `
  SELECT (SELECT count(*)::int FROM tasks WHERE status = 'queued') AS queued,
         (SELECT count(*)::int FROM tasks WHERE status = 'running') AS running,
         (SELECT count(*)::int FROM tasks WHERE status = 'failed') AS failed,
         (SELECT coalesce(greatest(0, extract(epoch FROM now() - min(run_after))), 0)::float8
            FROM tasks WHERE status = 'queued') AS lag,
         (SELECT count(*)::int FROM outbox WHERE published_at IS NULL) AS outbox,
         (SELECT coalesce(greatest(0, extract(epoch FROM now() - max(created_at))), 0)::float8 FROM audit_logs
           WHERE number = (SELECT number FROM audit_pending LIMIT 1)) AS "auditLag"`;

/** The metrics as text; reads at each scrape what is not counted as it happens. */
@Injectable()
export class MetricsService {
  private scrape: Promise<string> | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly discovery: DiscoveryService,
  ) {}

  /** Type of {@link text}. */
  readonly contentType = registry.contentType;

  /** All metrics in Prometheus' text format. Scrapes at the same time share one; never fails for want of a database. */
  text(): Promise<string> {
    this.scrape ??= this.collect().finally(() => {
      this.scrape = undefined;
    });
    return this.scrape;
  }

  private async collect(): Promise<string> {
    this.readPool();
    await this.readBacklog();
    return registry.metrics();
  }

  private readPool(): void {
    const { totalCount, idleCount, waitingCount, options } = poolOf(this.dataSource);
    poolConnections.set({ state: 'idle' }, idleCount);
    poolConnections.set({ state: 'used' }, totalCount - idleCount);
    poolMaximum.set(options.max);
    poolWaiting.set(waitingCount);
  }

  private async readBacklog(): Promise<void> {
    const others = findProviders(this.discovery, InstallationGauges);
    const reading = this.dataSource.transaction(async (tx) => {
      const backlog = await queryBacklog(tx);
      for (const gauges of others) await gauges.read(tx);
      return backlog;
    });
    const backlog = await withinPatience(reading);
    databaseRead.set(backlog ? 1 : 0);
    if (!backlog) {
      for (const gauges of others) gauges.forget();
      // An old number would look like a fresh one.
      tasks.reset();
      queueLag.remove();
      outboxBacklog.remove();
      auditLag.remove();
      return;
    }
    const { queued, running, failed, lag, outbox } = backlog;
    for (const [status, count] of Object.entries({ queued, running, failed })) tasks.set({ status }, count);
    queueLag.set(lag);
    outboxBacklog.set(outbox);
    auditLag.set(backlog.auditLag);
  }
}

const poolOf = ({ driver }: DataSource): Pool => (driver as unknown as { readonly master: Pool }).master;

async function queryBacklog(tx: Tx): Promise<Backlog | undefined> {
  // The server ends a query that this process no longer waits for.
  await tx.query(`SET LOCAL statement_timeout = ${PATIENCE_MS}`);
  const [backlog] = await tx.query(BACKLOG);
  return backlog;
}

/** The result, or undefined when it fails or is late. */
async function withinPatience<T>(work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PATIENCE_MS);
  });
  return Promise.race([work.catch(() => undefined), late]).finally(() => clearTimeout(timer));
}
