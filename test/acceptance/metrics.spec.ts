import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '../support/client.js';
import { freePort, RedoubtProcess } from '../support/redoubt-process.js';

interface Series {
  readonly name: string;
  readonly labels: Record<string, string>;
  readonly value: number;
}

/** NaN in any case, as Prometheus' own parser takes it. */
const SERIES =
  /^([a-zA-Z_:][\w:]*)(?:\{((?:\w+="(?:[^"\\\n]|\\.)*",?)*)\})? ([+-]?(?:Inf|NaN|[\d.]+(?:e[+-]?\d+)?))$/i;

/** Prometheus' text format 0.0.4, strictly: every line is a comment, empty, or a series of a metric announced above. */
function parse(text: string): Series[] {
  const announced = new Set<string>();
  return text.split('\n').flatMap((line) => {
    const type = /^# TYPE (\w+) (?:counter|gauge|histogram|summary)$/.exec(line)?.[1];
    if (type) announced.add(type);
    if (line === '' || line.startsWith('#')) return [];
    const [, name = '', labels = '', value = ''] = SERIES.exec(line) ?? [];
    if (!announced.has(name) && !announced.has(name.replace(/_(?:bucket|sum|count)$/, '')))
      throw new Error(`not announced, or no series: ${line}`);
    const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key, text]) => [key, text]);
    return [{ name, labels: Object.fromEntries(pairs), value: Number(value.replace('Inf', 'Infinity')) }];
  });
}

const sum = (all: readonly Series[], name: string, labels: Record<string, string> = {}): number =>
  all
    .filter((series) => series.name === name)
    .filter((series) => Object.entries(labels).every(([key, value]) => series.labels[key] === value))
    .reduce((total, { value }) => total + value, 0);

const COUNT = 'http_server_request_duration_seconds_count';

let redoubt: RedoubtProcess;
let client: Client;
let ports: { api: number; worker: number };

const scrape = async (): Promise<Series[]> => parse((await client.get('/metrics')).text);

/** The count is made when the connection has taken the answer's last byte, a moment after the client has it. */
async function settled(name: string, labels: Record<string, string>, expected: number): Promise<number> {
  for (const since = Date.now(); Date.now() - since < 3_000; await sleep(20)) {
    const found = sum(await scrape(), name, labels);
    if (found >= expected) return found;
  }
  return sum(await scrape(), name, labels);
}

beforeAll(async () => {
  ports = { api: await freePort(), worker: await freePort() };
  redoubt = await RedoubtProcess.start({
    REDOUBT_METRICS_PORT: String(ports.api),
    REDOUBT_WORKER_METRICS_PORT: String(ports.worker),
  });
  client = new Client(redoubt.url, redoubt.adminKey);
});
afterAll(() => redoubt?.dispose());

describe('/metrics', () => {
  it('needs a key with metrics:read', async () => {
    const { body } = await client.post('/api/v1/api-keys', { name: 'monitor', scopes: ['metrics:read'] });
    const other = await client.post('/api/v1/api-keys', { name: 'other', scopes: ['detect'] });
    expect((await client.get('/metrics', { key: '' })).status).toBe(401);
    expect((await client.get('/metrics', { key: other.body.key })).status).toBe(403);
    const { status, headers } = await client.get('/metrics', { key: body.key });
    expect([status, headers.get('content-type')]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('has the metrics of the documentation', async () => {
    const documented = readFileSync('docs/operations.md', 'utf8').matchAll(/^\| `(\w+)`/gm);
    const { text } = await client.get('/metrics');
    const served = [...text.matchAll(/^# TYPE (\w+) /gm)].map(([, name]) => name);
    expect(served.sort()).toEqual([...documented].map(([, name]) => name).sort());
  });

  it('counts requests by route and status, on every surface, failed ones too', async () => {
    const routes = [
      ['POST', '/api/v1/detect', '200'],
      ['POST', '/v1/detect', '200'],
      ['GET', '/api/v1/api-keys/{id}', '404'],
      ['POST', '/api/v1/detect', '400'],
    ].map(([http_request_method, http_route, status]) => ({
      http_request_method: http_request_method ?? '',
      http_route: http_route ?? '',
      http_response_status_code: status ?? '',
    }));
    const before = await scrape();
    await client.post('/api/v1/detect', { data: 'x' });
    await client.post('/v1/detect', { data: 'x' });
    await client.get('/api/v1/api-keys/key_01k9zq3v8x6m2n4p5r7s9t0w1y');
    await client.post('/api/v1/detect', { data: 1, wrong: true });
    for (const labels of routes) {
      const expected = sum(before, COUNT, labels) + 1;
      expect([labels, await settled(COUNT, labels, expected)]).toEqual([labels, expected]);
    }
  });

  it('has histograms whose buckets only grow and end with the count', async () => {
    const all = await scrape();
    const buckets = all.filter(
      ({ name, labels }) =>
        name === 'http_server_request_duration_seconds_bucket' && labels.http_route === '/metrics',
    );
    const statuses = new Set(buckets.map(({ labels }) => labels.http_response_status_code));
    expect(statuses.size).toBeGreaterThan(0);
    for (const status of statuses) {
      const row = buckets.filter(({ labels }) => labels.http_response_status_code === status);
      expect(row.map(({ labels }) => Number(labels.le?.replace('+Inf', 'Infinity')))).toEqual([
        0.005,
        0.01,
        0.025,
        0.05,
        0.075,
        0.1,
        0.25,
        0.5,
        0.75,
        1,
        2.5,
        5,
        7.5,
        10,
        Infinity,
      ]);
      const values = row.map(({ value }) => value);
      expect(values).toEqual([...values].sort((a, b) => a - b));
      const labels = { http_route: '/metrics', http_response_status_code: status ?? '' };
      expect(values.at(-1)).toBe(sum(all, COUNT, labels));
    }
  });

  it('counts audit rows once they are committed, and none for a write that failed', async () => {
    const created = { action: 'api_key.created' };
    const before = sum(await scrape(), 'redoubt_audit_rows_total', created);
    await client.post('/api/v1/api-keys', { name: 'counted', scopes: ['detect'] });
    await client.post('/api/v1/api-keys', { name: 'refused', scopes: ['nothing'] });
    expect(await settled('redoubt_audit_rows_total', created, before + 1)).toBe(before + 1);
  });

  it('reads the installation’s gauges from the database', async () => {
    const all = await scrape();
    expect(sum(all, 'redoubt_metrics_database_up')).toBe(1);
    const names = ['redoubt_tasks', 'redoubt_queue_lag_seconds', 'redoubt_outbox_backlog'];
    expect(names.filter((name) => !all.some((series) => series.name === name))).toEqual([]);
    expect(sum(all, 'http_server_active_requests')).toBeGreaterThanOrEqual(1);
    expect(sum(all, 'process_resident_memory_bytes')).toBeGreaterThan(1e6);
  });

  it('grows by no series, whatever paths, methods and headers come', async () => {
    const noise = Array.from({ length: 300 }, (_, index) => `/Maria-Garcia-${index}/x?name=Maria+Garcia`);
    await Promise.all(noise.slice(0, 3).map((path) => client.get(path)));
    const seriesOf = async (): Promise<string[]> =>
      (await scrape())
        .filter(({ name }) => /^(?:http_|redoubt_)/.test(name))
        .map(({ name, labels }) => `${name} ${JSON.stringify(labels)}`);
    await client.get('/metrics');
    const before = new Set(await seriesOf());
    for (const path of noise) await client.get(path, { headers: { 'user-agent': path } });
    expect(await settled(COUNT, { http_route: 'unmatched' }, noise.length)).toBeGreaterThanOrEqual(
      noise.length,
    );
    const added = (await seriesOf()).filter((series) => !before.has(series));
    expect(added).toEqual([]);
  });
});

describe('a port for monitors', () => {
  it('serves the API process’s numbers without a key, and nothing else', async () => {
    const url = `http://127.0.0.1:${ports.api}`;
    const text = await (await fetch(`${url}/metrics`)).text();
    expect(sum(parse(text), COUNT, { http_route: '/metrics' })).toBeGreaterThan(0);
    expect((await fetch(`${url}/livez`)).status).toBe(200);
    expect((await fetch(`${url}/api/v1/entities`)).status).toBe(404);
  });

  it('serves the worker’s, which has no other', async () => {
    const all = parse(await (await fetch(`http://127.0.0.1:${ports.worker}/metrics`)).text());
    expect(sum(all, 'redoubt_metrics_database_up')).toBe(1);
    expect(all.filter(({ name }) => name === COUNT)).toEqual([]);
  });
});
