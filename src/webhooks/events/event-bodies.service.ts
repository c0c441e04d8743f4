import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { DataSource } from 'typeorm';
import type { StoredEvent } from '../../platform/outbox/event.js';
import { type EventName, EventNames } from '../../platform/outbox/event-names.js';
import { findProviders } from '../../platform/providers/find-providers.js';
import { MOST_BYTES, namedFields, type Payload, payloadOf, telling } from './payload.js';

type Told = Pick<StoredEvent, 'organizationId' | 'name' | 'data' | 'createdAt'>;

/** Words events for webhooks. Names are asked for each time, so that what was erased meanwhile is not told any more. */
@Injectable()
export class EventBodies {
  private sources: readonly EventNames[] | undefined;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly dataSource: DataSource,
  ) {}

  /** @param openly whether names are told; otherwise what stands in for them */
  async payload(event: Told, openly: boolean): Promise<Payload> {
    return payloadOf(event, telling(await this.namesIn(event), openly));
  }

  /** The same as JSON. A name that makes it too long is left out. */
  async body(event: Told, openly: boolean): Promise<string> {
    const body = JSON.stringify(await this.payload(event, openly));
    return Buffer.byteLength(body) <= MOST_BYTES
      ? body
      : JSON.stringify(payloadOf(event, telling(new Map(), openly)));
  }

  private async namesIn(event: Told): Promise<ReadonlyMap<string, EventName>> {
    const fields = namedFields(event);
    if (fields.length === 0) return new Map();
    this.sources ??= findProviders(this.discovery, EventNames);
    const names = new Map<string, EventName>();
    for (const source of this.sources) {
      const ids = fields.filter(({ kind }) => kind === source.kind).map(({ id }) => id);
      if (ids.length === 0) continue;
      for (const [id, name] of await source.find(event.organizationId, ids, this.dataSource.manager))
        names.set(id, name);
    }
    return names;
  }
}
