import { setTimeout as sleep } from 'node:timers/promises';
import pg, { type ClientBase } from 'pg';

/** The right to be the one live Redoubt on a database. Ends with the process that holds it. */
export interface InstanceLock {
  release(): Promise<void>;
  /** Resolves when the lock is gone without having been released: the server ended or cut the connection. */
  readonly lost: Promise<void>;
}

/** "redoubt" in ASCII, read as one number; advisory locks are per database. */
const lockKey = '32199629386113652';
const patienceMs = 3_000;
const retryEveryMs = 100;

async function tryLock(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1::bigint) AS held', [
    lockKey,
  ]);
  return rows[0]?.held === true;
}

async function lockWithin(client: ClientBase, ms: number): Promise<boolean> {
  for (const until = Date.now() + ms; ; await sleep(retryEveryMs)) {
    if (await tryLock(client)) return true;
    if (Date.now() >= until) return false;
  }
}

/**
 * Takes a session advisory lock on a connection of its own, which keeps the process alive until `release`. An instance
 * that is just ending gets three seconds to let go.
 * @returns undefined when another live Redoubt holds it.
 * @throws the driver's error when the database cannot be reached.
 */
export async function acquireInstanceLock(url: string): Promise<InstanceLock | undefined> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'redoubt instance lock',
    keepAlive: true,
  });
  let released = false;
  const lost = new Promise<void>((resolve) => {
    // The error itself tells nothing more; 'end' follows it, and without a listener it would end the process.
    client.on('error', () => {});
    client.on('end', () => {
      if (!released) resolve();
    });
  });
  await client.connect();
  const held = await lockWithin(client, patienceMs).catch(async (error: unknown) => {
    await client.end();
    throw error;
  });
  if (!held) {
    released = true;
    await client.end();
    return undefined;
  }
  return {
    lost,
    async release() {
      if (released) return;
      released = true;
      await client.end();
    },
  };
}
