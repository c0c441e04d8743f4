import { setTimeout as sleep } from 'node:timers/promises';
import pg, { type ClientBase } from 'pg';
import { redoubt } from './cluster.js';
import { EmbeddedPostgresError } from './embedded-postgres.errors.js';

/** How to reach one embedded server. */
export interface Address {
  readonly port: number;
  readonly password: string;
}

const silencePatienceMs = 60_000;

/** SQLSTATE classes of PostgreSQL's appendix A; `starting` covers starting up, shutting down and recovery. */
const sqlState = { starting: '57P03', wrongPassword: '28P01', noDatabase: '3D000' };
const raceLost = ['42P04', '23505'];

/** The mode is spelt out so that a PGSSLMODE meant for other servers does not apply to this one. */
export function urlOf(address: Address): string {
  return `postgresql://${redoubt}:${address.password}@127.0.0.1:${address.port}/${redoubt}?sslmode=disable`;
}

/** A client that no PG* variable of our environment can divert. */
function clientFor(address: Address, database: string) {
  const client = new pg.Client({
    host: '127.0.0.1',
    port: address.port,
    user: redoubt,
    password: address.password,
    database,
    ssl: false,
    options: '-c statement_timeout=0',
    connectionTimeoutMillis: 5_000,
  });
  // Without a listener, a server that goes away would end this process.
  client.on('error', () => {});
  return client;
}

async function withClient(address: Address, database: string, use: (client: ClientBase) => Promise<void>) {
  const client = clientFor(address, database);
  try {
    await client.connect();
    await use(client);
  } finally {
    await client.end().catch(() => {});
  }
}

async function createDatabase(address: Address): Promise<void> {
  await withClient(address, 'postgres', async (client) => {
    await client.query(`CREATE DATABASE ${redoubt}`).catch((error: { code?: string }) => {
      if (!raceLost.includes(error.code ?? '')) throw error;
    });
  });
}

async function check(address: Address, cluster: string): Promise<void> {
  await withClient(address, redoubt, async (client) => {
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
    if (rows[0]?.data_directory !== cluster) {
      throw new EmbeddedPostgresError(
        `The server on port ${address.port} is not the one of ${cluster}. Remove ${cluster}/postmaster.pid ` +
          'if no PostgreSQL is running there, then start again.',
      );
    }
  });
}

type Attempt = 'ready' | 'starting' | 'silent';

async function attempt(address: Address, cluster: string): Promise<Attempt> {
  try {
    await check(address, cluster);
    return 'ready';
  } catch (error) {
    if (error instanceof EmbeddedPostgresError) throw error;
    const { code } = error as { code?: string };
    if (code === sqlState.starting) return 'starting';
    if (code === sqlState.noDatabase) {
      await createDatabase(address);
      return 'starting';
    }
    if (code === sqlState.wrongPassword) {
      throw new EmbeddedPostgresError(
        `The database in ${cluster} does not take the password in pg.secret beside it. ` +
          'Put back the pg.secret that belongs to it.',
        { cause: error },
      );
    }
    return 'silent';
  }
}

/**
 * Waits until the server takes connections to our database, which it creates when it is missing. Recovery after a
 * crash may take as long as it takes; a server that says nothing at all for a minute is given up.
 * @param isGone tells that the server's process has ended.
 * @throws EmbeddedPostgresError on silence, a wrong password, or a server of another cluster.
 */
export async function awaitReady(
  address: Address,
  cluster: string,
  isGone: () => boolean,
): Promise<'ready' | 'gone'> {
  for (let heardAt = Date.now(); ; await sleep(25)) {
    if (isGone()) return 'gone';
    const outcome = await attempt(address, cluster);
    if (outcome === 'ready') return 'ready';
    if (outcome === 'starting') heardAt = Date.now();
    if (Date.now() - heardAt > silencePatienceMs) {
      throw new EmbeddedPostgresError(
        `The PostgreSQL server in ${cluster} runs, but has not answered on port ${address.port} for a minute. ` +
          'Look at postgres.log beside it.',
      );
    }
  }
}
