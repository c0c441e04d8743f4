import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { findProviders } from '../providers/find-providers.js';
import { EventConsumer } from './event-consumer.js';

/** A consumer that is told of an event. */
export interface ToldConsumer {
  readonly name: string;
  /** Only of those of the organizations for which it listens. */
  readonly listens: boolean;
}

/** Finds who consumes events; in every process, since all of them write events. */
@Injectable()
export class EventConsumers {
  private known: readonly EventConsumer[] | undefined;

  constructor(private readonly discovery: DiscoveryService) {}

  /** @throws Error when two have the same name */
  all(): readonly EventConsumer[] {
    this.known ??= this.find();
    return this.known;
  }

  /** Those that are told of an event; some of them only where they listen. */
  for(event: string): ToldConsumer[] {
    return this.all()
      .filter(({ events }) => events === 'all' || events.includes(event))
      .map(({ name, events }) => ({ name, listens: events === 'all' }));
  }

  /** Those that want to know of an event before whoever caused it is answered. */
  prompt(event: string): readonly EventConsumer[] {
    return this.all().filter(
      ({ isPrompt, events }) => isPrompt && events !== 'all' && events.includes(event),
    );
  }

  private find(): readonly EventConsumer[] {
    const found = findProviders(this.discovery, EventConsumer);
    const names = found.map(({ name }) => name);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) throw new Error(`two consumers of events are named ${twice}`);
    return found;
  }
}
