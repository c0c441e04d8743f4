import { Injectable } from '@nestjs/common';
import { prepared } from '../database/prepared.js';
import { rowSetOf } from '../database/row-set.js';
import type { Statement } from '../database/statement.js';
import { beforeAnswer, type Tx } from '../database/unit-of-work.js';
import { newId } from '../http/ids.js';
import type { NewEvent } from './event.js';
import { EventConsumers } from './event-consumers.js';
import { EVENTS_CHANNEL, EventDeliveries } from './event-deliveries.repository.js';
import { listensTo } from './event-listeners.repository.js';

/** How long an event is kept, in days. */
const LIFE_DAYS = 30;

/** An event, and what it tells of. */
interface Told {
  readonly of: string;
  readonly event: NewEvent & { readonly id: string };
}

const TOLD = rowSetOf<Told>([
  ['told_of', 'text', ({ of }) => of],
  ['id', 'text', ({ event }) => event.id],
  ['organization_id', 'text', ({ event }) => event.organizationId],
  ['project_id', 'text', ({ event }) => event.projectId],
  ['name', 'text', ({ event }) => event.name],
  ['data', 'jsonb', ({ event }) => event.data],
]);

const COLUMNS = 'id, organization_id, project_id, name, data';

/**
 * Whatever a statement answers the id of is told of, and noted for whom. It is counted, so that it runs though nothing is to be told.
 * @param first number of the first parameter
 */
const tellOf = ({ sql }: Statement, first: number): string => `
  WITH cause AS (${sql}),
  told AS (
    INSERT INTO events (${COLUMNS})
    SELECT given.id, organization_id, project_id, name, data
      FROM ${TOLD.from(first)} JOIN cause ON cause.id = given.told_of
    RETURNING id, name, organization_id),
  noted AS (
    INSERT INTO event_deliveries (consumer, event_id)
    SELECT wanted.consumer, told.id
      FROM told JOIN unnest($${first + 1}::text[], $${first + 2}::text[], $${first + 3}::bool[])
        AS wanted (name, consumer, listens) ON wanted.name = told.name
     WHERE NOT wanted.listens OR ${listensTo('wanted.consumer', 'told.organization_id')}
    RETURNING event_id)
  SELECT (SELECT count(*) FROM cause), (SELECT pg_notify($${first + 4}, '') FROM noted LIMIT 1)`;

/** News that commits with what it tells of, and is kept until its consumers have read it, at most 30 days. */
@Injectable()
export class EventOutbox {
  constructor(
    private readonly consumers: EventConsumers,
    private readonly deliveries: EventDeliveries,
  ) {}

  async append(event: NewEvent, tx: Tx): Promise<void> {
    await this.appendMany([event], tx);
  }

  /** In their order. @returns their ids */
  async appendMany(events: readonly NewEvent[], tx: Tx): Promise<string[]> {
    const rows = events.map((event) => ({ ...event, id: newId('event') }));
    await tx.query(
      `INSERT INTO events (id, organization_id, project_id, name, data)
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::jsonb[])`,
      [
        rows.map(({ id }) => id),
        rows.map(({ organizationId }) => organizationId),
        rows.map(({ projectId }) => projectId ?? null),
        rows.map(({ name }) => name),
        rows.map(({ data }) => JSON.stringify(data)),
      ],
    );
    for (const { id, name } of rows) await this.deliveries.insert(id, this.consumers.for(name), tx);
    for (const row of rows) this.tellPromptly(row, tx);
    return rows.map(({ id }) => id);
  }

  /**
   * Writes the statement that causes events, and those of them whose cause came about; all or none, in one round trip.
   * @param cause of a fixed text; answers the `id` of each thing that it has changed
   * @param events by the id of what they tell of
   * @param db where nothing else belongs to it, no transaction is needed
   */
  async appendWith(cause: Statement, events: ReadonlyMap<string, NewEvent>, db: Tx): Promise<void> {
    const told = [...events].map(([of, event]) => ({ of, event: { ...event, id: newId('event') } }));
    const names = [...new Set(told.map(({ event }) => event.name))];
    const wanted = names.flatMap((name) => this.consumers.for(name).map((consumer) => ({ name, consumer })));
    await db.query(prepared(tellOf(cause, cause.parameters.length + 1)), [
      ...cause.parameters,
      TOLD.valueOf(told),
      wanted.map(({ name }) => name),
      wanted.map(({ consumer }) => consumer.name),
      wanted.map(({ consumer }) => consumer.listens),
      EVENTS_CHANNEL,
    ]);
  }

  private tellPromptly(event: NewEvent & { readonly id: string }, tx: Tx): void {
    const stored = { ...event, projectId: event.projectId ?? null, createdAt: new Date() };
    for (const consumer of this.consumers.prompt(event.name))
      beforeAnswer(tx, () => consumer.promptly(stored));
  }

  /** Forgets events whose time is over; returns how many. */
  async deleteOld(tx: Tx): Promise<number> {
    const [, count] = await tx.query(
      'DELETE FROM events WHERE created_at < now() - make_interval(days => $1)',
      [LIFE_DAYS],
    );
    return count;
  }
}
