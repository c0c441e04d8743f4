import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Canaries, type Sighting } from '../support/canaries.js';
import { CLEAR_COLUMNS, FILLED, IN_CLEAR } from '../support/canary-columns.js';
import type { CanaryRequest } from '../support/canary-request.js';
import { canaryRequests } from '../support/canary-requests.js';
import type { Contract } from '../support/contract.js';
import { type ColumnDump, dumpDatabase, embeddedUrl, filesOfTables } from '../support/database-dump.js';
import { freePort, RedoubtProcess } from '../support/redoubt-process.js';
import { queueBackends, TestRedis } from '../support/test-redis.js';

jest.setTimeout(300_000);

/**
 * The name of a pattern is the type that its findings show; an error that lists the types there are has it too. The name of a
 * prompt's variable is that of the field which takes its value.
 */
const SHOWN_IN_ERRORS = /custom_patterns\.\d+\.name$|\/prompts\S* for variables\.\d+\.name$/;

const inClear = (place: string): boolean => IN_CLEAR.test(place);

/** Requests under way at the same time. */
const AT_ONCE = 6;

/** Requests that are no longer under way when background work is looked at. */
const SETTLE_MS = 60_000;

/** Streams of events end with their job; the others end at once. */
const REQUEST_MS = 20_000;

class Run {
  readonly canaries = new Canaries();
  readonly leaks: Record<string, Sighting[]> = {};
  readonly statuses = new Map<number, number>();
  private readonly ids = new Map<string, string>();

  constructor(readonly redoubt: RedoubtProcess) {
    this.canaries.watch(redoubt.adminKey);
  }

  /** Of what this run made, the newest of the kind the contract's example is. */
  readonly idFor = (_path: string, example: unknown): string => {
    const shown = String(example ?? 'x');
    // Of numbers only those made here: the first project's goes with the tokens that are looked for.
    if (/^\d+$/.test(shown)) return this.ids.get('number') ?? shown.repeat(9);
    return this.ids.get(shown.split('_')[0] ?? '') ?? shown;
  };

  note(where: string, found: readonly Sighting[]): void {
    if (found.length > 0) this.leaks[where] = [...(this.leaks[where] ?? []), ...found].slice(0, 5);
  }

  async send({ method, target, body, headers }: CanaryRequest, key = this.redoubt.adminKey): Promise<void> {
    const response = await fetch(this.redoubt.url + target, {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(REQUEST_MS),
      headers: {
        authorization: `Bearer ${key}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body }),
    });
    const text = await response.text();
    this.statuses.set(response.status, (this.statuses.get(response.status) ?? 0) + 1);
    const sent = `${method} ${target.slice(0, 80)} ${body?.slice(0, 200) ?? ''}`;
    this.note(`headers of ${sent}`, this.canaries.sightings(JSON.stringify([...response.headers]), inClear));
    if (response.status >= 400) this.checkError(`${response.status} of ${sent}`, text);
    else if (method === 'POST') this.remember(text);
  }

  /** An error may name a field, however it is called, but no value. */
  checkError(what: string, text: string): void {
    const allow = (place: string, kind: string): boolean => kind === 'name' || SHOWN_IN_ERRORS.test(place);
    this.note(what, this.canaries.sightings(text, allow));
  }

  private remember(text: string): void {
    if (!text.startsWith('{')) return;
    const { id, job_id, batch_id, key, token, reference } = JSON.parse(text);
    for (const made of [id, job_id, batch_id, reference?.redaction_id])
      if (typeof made === 'string') this.ids.set(made.split('_')[0] ?? '', made);
    if (typeof id === 'number') this.ids.set('number', String(id));
    if (typeof token === 'string') this.canaries.watch(token);
    // A variable's key is no secret, an API key's is.
    if (typeof key === 'string' && key.startsWith('sk_')) this.canaries.watch(key);
  }
}

/** Surfaces use the core's services, so what goes to the queue comes from these alone. */
const CORE = '/openapi.json';

async function contractsOf({ url }: RedoubtProcess): Promise<Contract[]> {
  const page = await (await fetch(`${url}/docs`)).text();
  const urls: { url: string }[] = JSON.parse(
    (/data-contracts="([^"]+)"/.exec(page)?.[1] ?? '[]').replaceAll('&quot;', '"'),
  );
  return Promise.all(urls.map(async (entry) => (await (await fetch(url + entry.url)).json()) as Contract));
}

/** Of the core what writes: nothing is queued by reading. */
async function writesOf({ url }: RedoubtProcess): Promise<Contract> {
  const core = (await (await fetch(url + CORE)).json()) as Contract;
  const paths = Object.entries(core.paths).map(([path, { get: _, ...rest }]) => [path, rest]);
  return { ...core, paths: Object.fromEntries(paths) };
}

/** Bytes that are hardly HTTP, and what was answered to them. */
function rawAnswer(url: string, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.end(bytes));
    socket.setTimeout(5_000, () => socket.destroy());
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(text));
  });
}

async function sendMalformed(run: Run): Promise<void> {
  const word = (place: string): string => run.canaries.word(place);
  const requests = [
    `GET /Maria-${word('path of broken HTTP')} HTTP/9.9\r\n\r\n`,
    `${word('method')} /api/v1/detect HTTP/1.1\r\nHost: x\r\n\r\n`,
    `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${word('too long header').repeat(2_000)}\r\n\r\n`,
    `GET / HTTP/1.1\r\nHost: x\r\n${word('broken header')}\r\n\r\n`,
    `GET /%ZZ${word('undecodable path')} HTTP/1.1\r\nHost: x\r\n\r\n`,
    `POST /api/v1/detect HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n${word('body of broken HTTP')}`,
  ];
  for (const bytes of requests) run.checkError(bytes.slice(0, 60), await rawAnswer(run.redoubt.url, bytes));
}

/** Credentials that are none, and the ways a real one must not be taken. */
async function sendCredentials(run: Run): Promise<void> {
  const { canaries, redoubt } = run;
  const pair = Buffer.from(`${canaries.word('user name')}:${canaries.word('password')}`).toString('base64');
  const headers = [
    `Bearer sk_live_${canaries.word('key')}`,
    `Bearer sk_test_${canaries.word('test key')}`,
    `Token ${canaries.word('token')}`,
    `Basic ${pair}`,
    `Digest username="${canaries.word('digest')}"`,
    canaries.word('authorization'),
  ];
  for (const authorization of headers)
    for (const target of ['/api/v1/detect', '/v1/detect', '/admin/queues', '/health/', '/nowhere'])
      await run.send({ method: 'GET', path: target, target, headers: { authorization } });
  const target = `/api/v1/entities?api_key=${redoubt.adminKey}`;
  await run.send({ method: 'GET', path: target, target, headers: { authorization: '' } });
}

const send = { method: 'POST', path: '/api/v1/detect', target: '/api/v1/detect' };

async function sendOtherBodies(run: Run): Promise<void> {
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
  ])
    await run.send({
      ...send,
      body: run.canaries.text(`body of ${type}`),
      headers: { 'content-type': type },
    });
  const body = JSON.stringify({ data: run.canaries.text('long body').repeat(80_000) });
  await run.send({ ...send, body });
  for (const target of ['/api/v1/', '/v1/', '/api/', '/'])
    await run.send({ method: 'GET', path: target, target: `${target}${run.canaries.word('path')}/x` });
}

function* inGroups<T>(items: Iterable<T>, size: number): Generator<T[]> {
  let group: T[] = [];
  for (const item of items) {
    group.push(item);
    if (group.length === size) {
      yield group;
      group = [];
    }
  }
  yield group;
}

/** Everything a client could send, then a wait for what happens in the background. */
async function sendEverything(run: Run, contracts: readonly Contract[]): Promise<void> {
  for (const contract of contracts)
    for (const requests of inGroups(canaryRequests(contract, run.idFor, run.canaries), AT_ONCE))
      await Promise.all(requests.map((request) => run.send(request)));
  await sendMalformed(run);
  await sendCredentials(run);
  await sendOtherBodies(run);
  await settle(run.redoubt);
}

async function settle({ url, adminKey }: RedoubtProcess): Promise<void> {
  const open = async (status: string): Promise<number> => {
    const headers = { authorization: `Bearer ${adminKey}` };
    const answer = await fetch(`${url}/api/v1/tasks?status=${status}`, { headers });
    return JSON.parse(await answer.text()).total;
  };
  for (const since = Date.now(); (await open('queued')) + (await open('running')) > 0; await sleep(200))
    if (Date.now() - since > SETTLE_MS) throw new Error('background work does not end');
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

function checkColumns(run: Run, columns: readonly ColumnDump[]): void {
  for (const { name, content } of columns) {
    const allow = CLEAR_COLUMNS.includes(name) ? inClear : () => false;
    run.note(`column ${name}`, run.canaries.sightings(content, allow));
  }
}

const WAL_PAGE = 8_192;

/** A file as its writer meant it: PostgreSQL's journal cuts records at pages, each with a header (xlog_internal.h). */
function contentOf(file: string): Buffer {
  const bytes = readFileSync(file);
  if (!file.includes('/pg_wal/')) return bytes;
  const pages = Array.from({ length: Math.ceil(bytes.length / WAL_PAGE) }, (_, page) =>
    bytes.subarray(page * WAL_PAGE + (page === 0 ? 40 : 24), (page + 1) * WAL_PAGE),
  );
  return Buffer.concat(pages);
}

/** All bytes the database ever wrote that are still there: rows that were deleted or rolled back, its journal, its log. */
function checkFiles(run: Run, clearFiles: readonly string[]): void {
  const { dataDir, adminKey } = run.redoubt;
  for (const file of filesIn(dataDir)) {
    if (file === join(dataDir, 'admin-key')) continue;
    // What is deleted from a page is overwritten in parts: of a name in clear its beginning may be left.
    const mayBeTorn = clearFiles.some((path) => file.endsWith(path));
    const allow = (place: string): boolean => inClear(place) || (mayBeTorn && place === 'unknown');
    run.note(`file ${file}`, run.canaries.sightings(contentOf(file), allow));
  }
  expect(readFileSync(join(dataDir, 'admin-key'), 'utf8').trim()).toBe(adminKey);
}

describe.each(queueBackends('the search for personal data'))(
  'what clients send, with %s as the queue',
  (backend) => {
    let redis: TestRedis | undefined;
    let redoubt: RedoubtProcess;
    const commands: string[] = [];
    let keys: Buffer | undefined;

    beforeAll(async () => {
      redis = backend === 'Redis' ? await TestRedis.start() : undefined;
    });
    afterAll(async () => {
      await redoubt?.dispose();
      await redis?.stop();
    });

    async function watchRedis(server: TestRedis): Promise<() => Promise<void>> {
      const client = server.connect();
      const monitor = await client.monitor();
      monitor.on('monitor', (_time: string, args: string[]) => commands.push(args.join(' ')));
      return async () => {
        keys = await server.contents();
        monitor.disconnect();
        client.disconnect();
      };
    }

    it('is found in no log, metric, error, queue, and nowhere unsealed in the database', async () => {
      const stopWatching = redis && (await watchRedis(redis));
      const ports = [await freePort(), await freePort()].map(String);
      redoubt = await RedoubtProcess.start({
        REDOUBT_LOG_LEVEL: 'debug',
        REDOUBT_METRICS_PORT: ports[0],
        REDOUBT_WORKER_METRICS_PORT: ports[1],
        ...(redis && { REDIS_URL: redis.url }),
      });
      const run = new Run(redoubt);
      await sendEverything(run, redis ? [await writesOf(redoubt)] : await contractsOf(redoubt));
      for (const port of ports) {
        const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
        run.note('metrics', run.canaries.sightings(metrics));
      }
      const columns = await dumpDatabase(embeddedUrl(redoubt.dataDir));
      const clearTables = CLEAR_COLUMNS.map((name) => name.split('.')[1] ?? '');
      const clearFiles = await filesOfTables(embeddedUrl(redoubt.dataDir), clearTables);
      expect(clearFiles.length).toBeGreaterThan(CLEAR_COLUMNS.length);
      checkColumns(run, columns);
      await stopWatching?.();
      run.note('commands to Redis', run.canaries.sightings(commands.join('\n')));
      run.note('keys of Redis', run.canaries.sightings(keys ?? Buffer.alloc(0)));
      await redoubt.stop();
      // Its first lines show the administrator's key to the person who started it.
      run.note('log', run.canaries.sightings(redoubt.log.slice(redoubt.log.indexOf('Ctrl-C stops it.'))));
      checkFiles(run, clearFiles);
      expect(run.leaks).toEqual({});
      expectBreadth(run, columns);
    });

    /** That nothing was found means little unless much was sent, accepted and stored. */
    function expectBreadth({ statuses }: Run, columns: readonly ColumnDump[]): void {
      for (const status of [200, 201, 202, 400, 401, 404, 413, 415])
        expect([status, (statuses.get(status) ?? 0) > 0]).toEqual([status, true]);
      const filled = columns.filter(({ content }) => content.length > 0).map(({ name }) => name);
      expect(FILLED.filter((name) => !filled.includes(name))).toEqual([]);
      if (redis) expect(commands.join('\n')).toContain('redoubt-tasks');
      else expect(columns.some(({ name }) => name.startsWith('bullmq.'))).toBe(true);
      // Completions are OpenAI's surface, whose contract is not gone through over Redis.
      if (!redis) expect(filled).toContain('public.chat_receipts.model');
    }
  },
);

describe('the search for canaries', () => {
  const canaries = new Canaries();
  const word = canaries.word('somewhere');
  const text = canaries.text('a text');

  it.each([
    ['as it is', `x${word}x`],
    ['in capitals', word.toUpperCase()],
    ['in JSON in JSON', JSON.stringify(JSON.stringify({ data: `"${word}"` }))],
    ['in hex', Buffer.from(`..${word}`).toString('hex')],
    ['in base64', Buffer.from(word).toString('base64')],
    ['in base64, one byte later', Buffer.from(`a${word}`).toString('base64')],
    ['in base64, two bytes later', Buffer.from(`ab${word}`).toString('base64')],
    ['in UTF-16', Buffer.from(word, 'utf16le').toString('latin1')],
    ['by its numbers alone', 'ssn=536-22-8741'],
    ['by its numbers without separators', 'card=4539578763621486'],
    ['beginning only', word.slice(0, 10)],
  ])('finds one %s', (_, haystack) => {
    expect(canaries.sightings(haystack)).not.toEqual([]);
    expect(canaries.sightings(Buffer.from(haystack, 'latin1'))).not.toEqual([]);
  });

  it('says where it was put, and passes what is allowed', () => {
    expect(canaries.sightings(`{"x":"${word}"}`)).toEqual([
      { place: 'somewhere', around: `{"x":"${word}"}` },
    ]);
    expect(canaries.sightings(word, (place, kind) => place === 'somewhere' && kind === 'value')).toEqual([]);
    expect(canaries.sightings(text, (place) => place === 'somewhere')).not.toEqual([]);
    // As PostgreSQL compresses it.
    const cut = `${word.slice(0, 8)}\u0001${word.slice(8)}`;
    expect(canaries.sightings(cut)).toMatchObject([{ place: 'somewhere' }]);
    expect(canaries.sightings(cut, (place) => place === 'somewhere')).toEqual([]);
    expect(canaries.sightings(cut, (place) => place === 'elsewhere')).not.toEqual([]);
  });

  it('finds nothing in what holds none', () => {
    expect(canaries.sightings('My name is Maria Garcia, 123-45-6789')).toEqual([]);
  });
});
