import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DiscoveryService } from '@nestjs/core';
import { ENTITIES } from '../../entities.js';
import { TestDatabase } from '../database/testing/test-database.js';
import { MetricsService } from './metrics.service.js';
import { listenForMonitors } from './metrics-server.js';

let database: TestDatabase;
let metrics: MetricsService;

/** Value of a series as it stands in the text; undefined when it is not there. */
const valueIn = (text: string, series: string): number | undefined => {
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
};

const TENANT = [
  "INSERT INTO organizations (id, name) VALUES ('org_x', 'X')",
  "INSERT INTO users (id, organization_id, system_role) VALUES ('user_x', 'org_x', 'admin')",
  `INSERT INTO jobs (id, organization_id, created_by, credential_id, request_id, type, version, items_total, tasks_open,
                     reference)
   VALUES ('job_x', 'org_x', 'user_x', 'key_x', 'req_x', 'test', 1, 9, 9, '{}')`,
];

/** `[status, how many, seconds since they were due]` */
async function addTasks(rows: readonly (readonly [string, number, number])[]): Promise<void> {
  let position = 0;
  for (const [status, count, age] of rows) {
    for (let n = 0; n < count; n += 1) {
      await database.dataSource.query(
        `INSERT INTO tasks (id, job_id, organization_id, type, version, position, input, items, max_attempts, status,
                            run_after, lease_token, lease_until)
         VALUES ($1, 'job_x', 'org_x', 'test', 1, $2, '{}', 1, 3, $3, now() - make_interval(secs => $4),
                 CASE WHEN $3 = 'running' THEN gen_random_uuid() END, CASE WHEN $3 = 'running' THEN now() END)`,
        [`task_${position}`, position, status, age],
      );
      position += 1;
    }
  }
}

beforeAll(async () => {
  database = await TestDatabase.start(ENTITIES);
  const discovery = { getProviders: () => [] } as unknown as DiscoveryService;
  metrics = new MetricsService(database.dataSource, discovery);
  for (const statement of TENANT) await database.dataSource.query(statement);
});
afterAll(() => database?.stop());

describe('a scrape', () => {
  it('tells what waits, runs and failed, how long the oldest is due, and what is not published', async () => {
    await addTasks([
      ['queued', 3, 100],
      ['queued', 1, -500],
      ['running', 2, 1_000],
      ['failed', 1, 1_000],
      ['completed', 5, 9_000],
    ]);
    await database.dataSource.query(
      `INSERT INTO outbox (id, organization_id, task_id, available_at, published_at)
       VALUES ('intent_1', 'org_x', 'task_0', now(), NULL), ('intent_2', 'org_x', 'task_1', now(), now())`,
    );
    const text = await metrics.text();
    const shown = ['queued', 'running', 'failed'].map((status) =>
      valueIn(text, `redoubt_tasks{status="${status}"}`),
    );
    expect(shown).toEqual([4, 2, 1]);
    expect(valueIn(text, 'redoubt_queue_lag_seconds')).toBeGreaterThanOrEqual(100);
    expect(valueIn(text, 'redoubt_queue_lag_seconds')).toBeLessThan(160);
    expect(valueIn(text, 'redoubt_outbox_backlog')).toBe(1);
    expect(valueIn(text, 'redoubt_metrics_database_up')).toBe(1);
    expect(valueIn(text, 'db_client_connection_max')).toBe(4);
  });

  it('shares one look at the database among scrapers of the same moment', async () => {
    const reads = jest.spyOn(database.dataSource, 'transaction');
    const texts = await Promise.all(Array.from({ length: 20 }, () => metrics.text()));
    expect(new Set(texts).size).toBe(1);
    expect(reads).toHaveBeenCalledTimes(1);
    reads.mockRestore();
  });

  it('answers within its patience when no connection is free, without the numbers it could not read', async () => {
    const runners = Array.from({ length: 4 }, () => database.dataSource.createQueryRunner());
    await Promise.all(runners.map((runner) => runner.connect()));
    const since = performance.now();
    const text = await metrics.text();
    expect(performance.now() - since).toBeLessThan(3_000);
    expect(valueIn(text, 'redoubt_metrics_database_up')).toBe(0);
    expect(valueIn(text, 'redoubt_tasks{status="queued"}')).toBeUndefined();
    expect(valueIn(text, 'redoubt_queue_lag_seconds')).toBeUndefined();
    expect(valueIn(text, 'redoubt_outbox_backlog')).toBeUndefined();
    expect(valueIn(text, 'db_client_connection_count{state="used"}')).toBe(4);
    await Promise.all(runners.map((runner) => runner.release()));
    expect(valueIn(await metrics.text(), 'redoubt_metrics_database_up')).toBe(1);
  });

  it('reads no finished task, however many there are', async () => {
    const sql = "EXPLAIN SELECT count(*) FROM tasks WHERE status = 'failed'";
    await database.dataSource.query(
      `INSERT INTO tasks (id, job_id, organization_id, type, version, position, input, items, max_attempts, status)
       SELECT 'done_' || n, 'job_x', 'org_x', 'test', 1, 1000 + n, '{}', 1, 3, 'completed' FROM generate_series(1, 20000) n`,
    );
    await database.dataSource.query('ANALYZE tasks');
    const plan: { 'QUERY PLAN': string }[] = await database.dataSource.query(sql);
    expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toContain('tasks_failed');
  });
});

describe('the port for monitors', () => {
  it('has /metrics and /livez and nothing else, and takes GET alone', async () => {
    const server = await listenForMonitors(metrics, { host: '127.0.0.1', port: 0, setting: 'X' });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const found = await fetch(`${url}/metrics`);
    expect([found.status, found.headers.get('content-type')]).toEqual([200, metrics.contentType]);
    expect(await found.text()).toContain('# TYPE redoubt_tasks gauge');
    const statuses = async (path: string, method = 'GET'): Promise<number> =>
      (await fetch(url + path, { method })).status;
    expect(await statuses('/livez')).toBe(200);
    expect(await statuses('/metrics', 'POST')).toBe(405);
    for (const path of ['/', '/metrics/', '/api/v1/process', '/readyz'])
      expect(await statuses(path)).toBe(404);
    await new Promise((resolve) => server.close(resolve));
  });

  it('says which setting named a port that is taken', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => squatter.once('listening', resolve));
    const { port } = squatter.address() as AddressInfo;
    const address = { host: '127.0.0.1', port, setting: 'REDOUBT_METRICS_PORT' };
    await expect(listenForMonitors(metrics, address)).rejects.toThrow(
      `REDOUBT_METRICS_PORT names port ${port}, which cannot be had`,
    );
    squatter.close();
  });
});
