import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import pino from 'pino';
import { TestDatabase } from '../database/testing/test-database.js';
import { type Tx, UnitOfWork } from '../database/unit-of-work.js';
import { newId } from '../http/ids.js';
import type { StoredEvent } from './event.js';
import { EventConsumer } from './event-consumer.js';
import { EventDeliveries } from './event-deliveries.repository.js';
import { EventListeners } from './event-listeners.repository.js';
import { EventRelay } from './event-relay.js';
import { testConsumers, testEventOutbox } from './testing/test-event-outbox.js';

/** Leaves a row for every event, and then does what the test wants. */
class Recorder extends EventConsumer {
  readonly seen: StoredEvent[] = [];

  constructor(
    readonly name: string,
    readonly events: readonly string[] | 'all',
    private readonly then: (event: StoredEvent, tx: Tx) => Promise<unknown> = async () => {},
  ) {
    super();
  }

  override async handle(event: StoredEvent, tx: Tx): Promise<void> {
    this.seen.push(event);
    await tx.query('INSERT INTO consumed (consumer, event_id) VALUES ($1, $2)', [this.name, event.id]);
    await this.then(event, tx);
  }
}

interface DeliveryRow {
  readonly consumer: string;
  readonly attempts: number;
  readonly seconds: number;
}

describe('events for consumers', () => {
  let database: TestDatabase;
  let unitOfWork: UnitOfWork;
  const organizationId = newId('org');
  const logged: { message: string; attempts: number }[] = [];
  const logger = pino({}, { write: (line: string) => logged.push(JSON.parse(line)) });

  beforeAll(async () => {
    database = await TestDatabase.start([]);
    unitOfWork = new UnitOfWork(database.dataSource);
    await database.dataSource.query('CREATE TABLE consumed (number serial, consumer text, event_id text)');
    await database.dataSource.query("INSERT INTO organizations (id, name) VALUES ($1, 'Test')", [
      organizationId,
    ]);
  });
  afterAll(() => database.stop());
  beforeEach(async () => {
    logged.length = 0;
    await database.dataSource.query('DELETE FROM events');
    await database.dataSource.query('DELETE FROM consumed');
  });

  const append = (consumers: EventConsumer[], ...names: string[]): Promise<void> =>
    unitOfWork.run(async (tx) => {
      const data = { redact: true, grant_id: 'grant_x', processor_id: null };
      for (const name of names) {
        await testEventOutbox(...consumers).append({ organizationId, name, data }, tx);
      }
    });
  const relayOf = (consumers: EventConsumer[]): EventRelay =>
    new EventRelay(testConsumers(...consumers), new EventDeliveries(), unitOfWork, logger);
  const deliveries = (): Promise<DeliveryRow[]> =>
    database.dataSource.query(
      `SELECT consumer, attempts, extract(epoch FROM run_after - now())::float8 AS seconds
         FROM event_deliveries ORDER BY consumer, event_id`,
    );
  const consumed = async (): Promise<string[]> => {
    const rows: { line: string }[] = await database.dataSource.query(
      `SELECT c.consumer || ' ' || e.name AS line FROM consumed c JOIN events e ON e.id = c.event_id ORDER BY c.number`,
    );
    return rows.map(({ line }) => line);
  };
  const makeDue = (): Promise<unknown> =>
    database.dataSource.query("UPDATE event_deliveries SET run_after = now() - interval '1 second'");

  /** Leads until the work is done, with a connection of its own. */
  async function leading<T>(relay: EventRelay, work: () => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const over = new AbortController();
    const term = relay.serve({ client, signal: over.signal });
    try {
      return await work();
    } finally {
      over.abort();
      await term;
      await client.end();
    }
  }
  async function until(isSo: () => Promise<boolean>): Promise<void> {
    for (const end = Date.now() + 10_000; !(await isSo()); await sleep(20)) {
      if (Date.now() > end) throw new Error('it did not come');
    }
  }

  it('reach who wants all of them where it listens, and nowhere else', async () => {
    const listener = new Recorder('listener', 'all');
    const listeners = new EventListeners();
    await append([listener], 'a.made');
    await unitOfWork.run((tx) => listeners.listen('listener', organizationId, tx));
    await append([listener], 'b.made', 'c.made');
    await unitOfWork.run((tx) => listeners.stopListening('listener', organizationId, tx));
    await append([listener], 'd.made');
    const relay = relayOf([listener]);
    while ((await relay.handOverNext(listener)) === 'handed over');
    expect(await consumed()).toEqual(['listener b.made', 'listener c.made']);
  });

  it('reach those who want them, in order, as they were written, and nobody else', async () => {
    const one = new Recorder('one', ['a.made', 'b.made']);
    const two = new Recorder('two', ['b.made']);
    await leading(relayOf([one, two]), async () => {
      await append([one, two], 'b.made', 'a.made', 'c.made', 'b.made');
      await until(async () => (await consumed()).length === 5);
    });
    const lines = await consumed();
    expect(lines.filter((line) => line.startsWith('one'))).toEqual([
      'one b.made',
      'one a.made',
      'one b.made',
    ]);
    expect(lines.filter((line) => line.startsWith('two'))).toEqual(['two b.made', 'two b.made']);
    expect(two.seen[0]).toEqual({
      id: expect.stringMatching(/^event_/),
      organizationId,
      projectId: null,
      name: 'b.made',
      data: { redact: true, grant_id: 'grant_x', processor_id: null },
      createdAt: expect.any(Date),
    });
    expect(await deliveries()).toEqual([]);
  });

  it('come at once: nobody waits for the poll', async () => {
    const one = new Recorder('one', ['a.made']);
    await leading(relayOf([one]), async () => {
      await sleep(100);
      const begun = performance.now();
      for (let round = 0; round < 4; round += 1) {
        await append([one], 'a.made');
        await until(async () => (await consumed()).length === round + 1);
      }
      expect(performance.now() - begun).toBeLessThan(2_000);
    });
  });

  it('are not written when their transaction rolls back', async () => {
    const one = new Recorder('one', ['a.made']);
    const failing = unitOfWork.run(async (tx) => {
      await testEventOutbox(one).append({ organizationId, name: 'a.made', data: {} }, tx);
      throw new Error('changed its mind');
    });
    await expect(failing).rejects.toThrow('changed its mind');
    expect(await deliveries()).toEqual([]);
  });

  it('have one effect, although a connection dies between effect and commit', async () => {
    let crashes = 3;
    const one = new Recorder('one', ['a.made'], async (_, tx) => {
      if (crashes === 0) return;
      crashes -= 1;
      await tx.query('SELECT pg_terminate_backend(pg_backend_pid())');
    });
    await append([one], 'a.made');
    const relay = relayOf([one]);
    for (let round = 0; round < 3; round += 1) {
      expect(await relay.handOverNext(one)).toBe('failed');
      expect(await consumed()).toEqual([]);
      expect(await relay.handOverNext(one)).toBe('nothing due');
      await makeDue();
    }
    expect(await relay.handOverNext(one)).toBe('handed over');
    expect([await consumed(), await deliveries()]).toEqual([['one a.made'], []]);
  });

  it('have one effect, although two lead at once', async () => {
    const consumers = [new Recorder('one', ['a.made']), new Recorder('two', ['a.made'])];
    const [first, second] = [relayOf(consumers), relayOf(consumers)];
    await leading(first, () =>
      leading(second, async () => {
        await append(consumers, ...Array(20).fill('a.made'));
        await until(async () => (await deliveries()).length === 0);
      }),
    );
    expect(await consumed()).toHaveLength(40);
    const twice = await database.dataSource.query(
      'SELECT 1 FROM consumed GROUP BY consumer, event_id HAVING count(*) > 1',
    );
    expect(twice).toEqual([]);
  });

  it('that nobody can take hold up no others, come later and later, and are given up in the end', async () => {
    const one = new Recorder('one', ['a.made', 'b.made'], async ({ name }) => {
      if (name === 'a.made') throw new Error('Ada Lovelace is in the way');
    });
    const two = new Recorder('two', ['a.made']);
    await append([one, two], 'a.made', 'b.made');
    await leading(relayOf([one, two]), () => until(async () => (await consumed()).length === 2));
    expect((await consumed()).sort()).toEqual(['one b.made', 'two a.made']);
    const pauses: number[] = [];
    for (let round = 1; round < 19; round += 1) {
      await makeDue();
      expect(await relayOf([one]).handOverNext(one)).toBe('failed');
      const [row] = await deliveries();
      pauses.push(Math.round(row?.seconds ?? 0));
    }
    expect(pauses).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 512, ...Array(9).fill(900)]);
    await makeDue();
    expect(await relayOf([one]).handOverNext(one)).toBe('failed');
    expect(await deliveries()).toEqual([]);
    expect(logged.at(-1)).toMatchObject({ message: 'an event was not taken and is given up', attempts: 20 });
    expect(JSON.stringify(logged)).not.toContain('Ada');
  });

  it('are nobody’s when two consumers have one name', async () => {
    const consumers = [new Recorder('one', ['a.made']), new Recorder('one', ['b.made'])];
    await expect(append(consumers, 'a.made')).rejects.toThrow('two consumers of events are named one');
  });
});
