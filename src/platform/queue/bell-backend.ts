import {
  createPostgresBackend,
  createRedisBackend,
  type Processor,
  type Queue,
  runMigrations,
  withBackend,
} from 'bullmq';
import pg from 'pg';
import type { Settings } from '../config/settings.js';

/** Injection token of the process's {@link BellBackend}. */
export const BELL_BACKEND = Symbol('bell backend');

const QUEUE = 'redoubt-tasks';
/** PostgreSQL schema of BullMQ's tables. */
const SCHEMA = 'bullmq';

/** What a call carries: the task's id and nothing else. */
export interface Bell {
  readonly taskId: string;
}

export interface BellWorker {
  run(): Promise<void>;
  close(): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** The one queue of calls, on either backend. */
export interface BellBackend {
  readonly queue: Pick<Queue<Bell>, 'addBulk' | 'getJobCounts'>;
  onError(listener: (error: Error) => void): void;
  openWorker(ring: (bell: Bell) => Promise<void>, concurrency: number): BellWorker;
  close(): Promise<void>;
}

/**
 * A worker that dies with a call leaves it to the next after `lockDuration`; however often that happens, the call
 * stays, since the task decides what is done.
 */
const WORKER_OPTIONS = {
  autorun: false,
  lockDuration: 30_000,
  stalledInterval: 15_000,
  maxStalledCount: 1_000_000,
};

const EVENTS = { events: { maxLen: 100 } };

const processorOf =
  (ring: (bell: Bell) => Promise<void>): Processor<Bell> =>
  ({ data }) =>
    ring(data);

/** A command is given up after this long, so that the caller can say what is wrong. */
const COMMAND_MS = 10_000;

function redisBackend(url: string): BellBackend {
  const { Queue, Worker } = withBackend(createRedisBackend);
  // Version and memory policy are looked at by checkRedis.
  const publisher = { url, skipVersionCheck: true, commandTimeout: COMMAND_MS, maxRetriesPerRequest: 1 };
  const queue = new Queue<Bell>(QUEUE, { connection: publisher, streams: EVENTS, skipWaitingForReady: true });
  return {
    queue,
    onError: (listener) => void queue.on('error', listener),
    openWorker: (ring, concurrency) =>
      new Worker<Bell>(QUEUE, processorOf(ring), {
        ...WORKER_OPTIONS,
        concurrency,
        connection: { url, skipVersionCheck: true, maxRetriesPerRequest: null },
      }),
    close: () => queue.close(),
  };
}

/** Connections of a queue and of a worker each, beside one that a worker listens on. */
const POOL_SIZE = 2;

function postgresBackend(url: string): BellBackend {
  const { Queue, Worker } = withBackend(createPostgresBackend);
  const connection = { connectionString: url, schema: SCHEMA, max: POOL_SIZE, keepAlive: true };
  const queue = new Queue<Bell>(QUEUE, { connection, streams: EVENTS });
  return {
    queue,
    onError: (listener) => void queue.on('error', listener),
    openWorker: (ring, concurrency) =>
      new Worker<Bell>(QUEUE, processorOf(ring), { ...WORKER_OPTIONS, concurrency, connection }),
    close: () => queue.close(),
  };
}

/** Redis when REDIS_URL says where, else the database. */
export function openBellBackend({ REDIS_URL, DATABASE_URL }: Settings): BellBackend {
  if (REDIS_URL) return redisBackend(REDIS_URL);
  if (!DATABASE_URL) throw new Error('the queue needs DATABASE_URL or REDIS_URL');
  return postgresBackend(DATABASE_URL);
}

/** Makes the queue's tables, or brings them up to date; for the set-up, when the database is the queue. */
export async function migrateQueue(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await runMigrations(client, SCHEMA);
  } finally {
    await client.end();
  }
}
