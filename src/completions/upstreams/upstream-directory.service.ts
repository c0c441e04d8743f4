import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import { afterCommit, type Tx } from '../../platform/database/unit-of-work.js';
import { describeError } from '../../platform/errors/describe-error.js';
import { LOGGER } from '../../platform/telemetry/logger.js';
import { OutageLog } from '../../platform/telemetry/outage-log.js';
import { UNKNOWN_HEALTH, type UpstreamHealth } from './circuit.js';
import type { StoredUpstream, Upstream } from './upstream.js';
import { UpstreamKeys } from './upstream-keys.service.js';
import { UpstreamLink } from './upstream-link.js';
import { UpstreamsRepository } from './upstreams.repository.js';

/** How long the list is used before it is read again, in milliseconds, from the moment the reading began. */
const FRESH_MS = 900;

interface Snapshot {
  readonly links: readonly UpstreamLink[];
  readonly readAt: number;
}

/**
 * The model servers that are in use, with a link to each. Every process reads them once a second at most, and sees a change
 * within a second; the process that made it, at once. What has changed gets a new link: the old one takes no more requests,
 * so that nothing goes where it was not meant to.
 */
@Injectable()
export class UpstreamDirectory implements OnApplicationShutdown {
  private snapshot: Snapshot | undefined;
  private reading: Promise<Snapshot> | undefined;
  private links: ReadonlyMap<string, UpstreamLink> = new Map();
  private readonly byUpstream = new WeakMap<Upstream, UpstreamLink>();
  private isOver = false;

  constructor(
    private readonly repository: UpstreamsRepository,
    private readonly keys: UpstreamKeys,
    private readonly dataSource: DataSource,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** By priority, then by name. While the database is away, those that were read last go on. */
  async list(): Promise<readonly UpstreamLink[]> {
    const known = this.snapshot;
    if (known && performance.now() - known.readAt < FRESH_MS) return known.links;
    try {
      return (await this.refresh()).links;
    } catch (error) {
      if (known) return known.links;
      throw error;
    }
  }

  /** The link to exactly that state of a model server, closed if it has changed since. */
  linkOf(upstream: Upstream): UpstreamLink | undefined {
    return this.byUpstream.get(upstream);
  }

  /** How a model server does, as this process sees it. */
  healthOf({ id, version }: StoredUpstream): UpstreamHealth {
    return this.linkTo(id, version)?.circuit.health ?? UNKNOWN_HEALTH;
  }

  /** The link in use to that version of a model server. */
  linkTo(id: string, version: number): UpstreamLink | undefined {
    const link = this.links.get(id);
    return link?.version === version ? link : undefined;
  }

  /** A link for a while, which whoever asks for it destroys. @throws OpenError for a key that was changed or moved */
  async open(row: StoredUpstream): Promise<UpstreamLink> {
    const { manager } = this.dataSource;
    const key = row.keySealed ? await this.keys.open(row, row.keySealed, manager) : undefined;
    return new UpstreamLink(row, key, new OutageLog(this.logger, `the model server ${row.id}`));
  }

  /** Requests of all model servers that are under way. */
  get activeRequests(): number {
    return [...this.links.values()].reduce((sum, link) => sum + link.activeRequests, 0);
  }

  /** Lets this process see a change as soon as it has committed. */
  forgetAfter(tx: Tx): void {
    afterCommit(tx, () => {
      this.snapshot = undefined;
      this.reading = undefined;
    });
  }

  async onApplicationShutdown(): Promise<void> {
    this.isOver = true;
    await Promise.all([...this.links.values()].map((link) => link.destroy()));
  }

  /** Requests of the same moment share one reading. One that a change overtook changes nothing. */
  private refresh(): Promise<Snapshot> {
    if (this.reading) return this.reading;
    const readAt = performance.now();
    const reading: Promise<Snapshot> = this.read().then((links) => {
      const snapshot = { links, readAt };
      if (this.reading !== reading) return this.refresh();
      this.reading = undefined;
      this.adopt(snapshot);
      return snapshot;
    });
    this.reading = reading;
    reading.catch(() => {
      if (this.reading === reading) this.reading = undefined;
    });
    return reading;
  }

  private async read(): Promise<UpstreamLink[]> {
    const rows = await this.repository.listEnabled(this.dataSource.manager);
    const links = await Promise.all(
      rows.map((row) => this.linkTo(row.id, row.version) ?? this.openUnlessBroken(row)),
    );
    return links.filter((link) => link !== undefined);
  }

  /** One key that does not open must not take the other model servers away. */
  private async openUnlessBroken(row: StoredUpstream): Promise<UpstreamLink | undefined> {
    try {
      return await this.open(row);
    } catch (error) {
      const message = 'the key of a model server does not open; it is left out';
      this.logger.error({ message, upstream: row.id, err: describeError(error) });
      return undefined;
    }
  }

  private adopt({ links, readAt }: Snapshot): void {
    const old = this.links;
    this.links = new Map(links.map((link) => [link.upstream.id, link]));
    for (const link of links) this.byUpstream.set(link.upstream, link);
    for (const [id, link] of old) if (this.links.get(id) !== link) void link.close();
    if (this.isOver) for (const link of links) void link.destroy();
    this.snapshot = { links, readAt };
  }
}
