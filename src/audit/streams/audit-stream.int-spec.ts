import { execFileSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import type { TestTenant } from '../../crypto/testing/test-tenant.js';
import { parseCheckpoint, verifyCheckpoint } from '../log/checkpoint.js';
import { leafHash } from '../log/merkle-hash.js';
import { verifyStream } from '../log/stream-verifier.js';
import { LogWorld } from '../testing/log-world.js';
import { rangeOf } from '../trees/tree.js';
import { AuditStream } from './audit-stream.js';
import type { Collector } from './collector.js';
import { HttpCollector } from './http.collector.js';
import { StreamPositionsRepository } from './stream-positions.repository.js';
import { StreamSource } from './stream-source.service.js';
import { SyslogDatagramCollector } from './syslog-datagram.collector.js';
import { SyslogStreamCollector } from './syslog-stream.collector.js';
import { type ParsedSyslog, parseSyslog } from './testing/parse-syslog.js';
import { TestHttpServer, TestSyslogServer } from './testing/test-collectors.js';

interface Line {
  readonly leaf: number;
  readonly leaf_hash: string;
  readonly entry: { readonly id: string; readonly organization_id: string };
}

const until = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 1_000; tries += 1) {
    if (await isSo()) return;
    await sleep(10);
  }
  throw new Error('it did not come to that');
};

describe('the audit log sent to collectors', () => {
  let world: LogWorld;
  let [ours, theirs] = [] as unknown as [TestTenant, TestTenant];
  let ends: (() => Promise<void>)[] = [];
  const positions = new StreamPositionsRepository();

  class WatchedSource extends StreamSource {
    entries = 0;

    override async read(...given: Parameters<StreamSource['read']>) {
      const batch = await super.read(...given);
      this.entries += batch.messages.length;
      return batch;
    }
  }
  const source = (): WatchedSource =>
    new WatchedSource(world.trees, world.nodes, world.signer, world.database.dataSource);

  /** As of a leader that ends with the test, or when the answer is called. */
  const follow = (collector: Collector, from = source()): (() => Promise<void>) => {
    const stop = new AbortController();
    const { db } = world;
    const times = { pauseMs: 10, mostPauseMs: 40, checkpointMs: 100 };
    const parts = { source: from, positions, db, logger: pino({ level: 'silent' }), ...times };
    const serving = new AuditStream(collector, parts).serve(stop.signal);
    const end = (): Promise<void> => {
      stop.abort();
      return serving;
    };
    ends.push(end);
    return end;
  };

  const written = async (): Promise<number> =>
    Number(
      (await world.query<{ n: string }>('SELECT count(*) AS n FROM audit_leaves WHERE number IS NOT NULL'))[0]
        ?.n,
    );
  const linesOf = (texts: readonly string[]): Line[] =>
    texts.map((text) => JSON.parse(text)).filter((line) => 'entry' in line);
  const textsOf = (messages: readonly ParsedSyslog[]): string[] => messages.map(({ text }) => text);

  /** All there is, each organization's in the order of its places, and hashed to its root. @returns how often something came again */
  const expectWhole = async (texts: readonly string[]): Promise<number> => {
    const all = linesOf(texts);
    const first = [...new Map([...all].reverse().map((line) => [line.entry.id, line])).values()].reverse();
    expect(first).toHaveLength(await written());
    for (const { organizationId } of [ours, theirs]) {
      const own = first.filter(({ entry }) => entry.organization_id === organizationId);
      expect(own.map(({ leaf }) => leaf)).toEqual(own.map((_, at) => at));
      const tree = await world.trees.find(organizationId, world.db);
      expect(own).toHaveLength(tree?.size ?? 0);
    }
    return all.length - first.length;
  };

  beforeAll(async () => {
    world = await LogWorld.start();
    [ours, theirs] = [await world.tenants.add(), await world.tenants.add()];
    for (let round = 0; round < 4; round += 1) {
      await world.write(ours, 300);
      await world.write(theirs, 3);
      await world.sequence(200);
    }
  });
  beforeEach(() => world.query('DELETE FROM audit_streams'));
  afterEach(async () => {
    for (const end of ends) await end();
    ends = [];
  });
  afterAll(() => world.stop());

  /** That what came is proven by the checkpoints in it. */
  const verified = (texts: readonly string[]) =>
    verifyStream(Readable.from(texts.map((text) => Buffer.from(`${text}\n`))));

  const toTcp = (server: TestSyslogServer, silenceMs?: number): SyslogStreamCollector =>
    new SyslogStreamCollector(
      { protocol: 'tcp', host: '127.0.0.1', port: server.port },
      'host',
      {},
      silenceMs,
    );

  it('are syslog messages over TCP, with places and hashes of what exports have, and nothing sealed', async () => {
    const server = new TestSyslogServer();
    await server.start();
    follow(toTcp(server));
    await until(() => server.messages.some(({ event }) => event === 'checkpoint'));
    expect(await expectWhole(textsOf(server.messages))).toBe(0);
    const [first] = server.messages;
    expect(first).toMatchObject({ facility: 13, host: 'host', app: 'redoubt', event: 'text.processed' });
    const { leaf, leaf_hash, entry } = JSON.parse(first?.text ?? '');
    expect(leafHash(JSON.stringify(entry)).toString('hex')).toBe(leaf_hash);
    expect(first?.fields).toMatchObject({ leaf: String(leaf), id: entry.id, counts: '{"entities":0}' });
    expect(Object.keys(entry)).not.toContain('sealed');
    await server.kill();
  });

  it('end with a checkpoint of the instance that tells of all that was sent, and one more when there is news', async () => {
    const server = new TestSyslogServer();
    await server.start();
    follow(toTcp(server));
    const checkpoints = () => server.messages.filter(({ event }) => event === 'checkpoint');
    await until(() => checkpoints().length === 1);
    await sleep(150);
    expect(checkpoints()).toHaveLength(1);
    await world.write(ours, 2);
    await world.sequence();
    await until(() => checkpoints().length === 2);
    const note = parseCheckpoint(JSON.parse(checkpoints()[1]?.text ?? '').checkpoint);
    const tree = await world.trees.find(null, world.db);
    expect([note?.size, note?.root]).toEqual([tree?.size, tree && rangeOf(tree).root()]);
    expect(note && verifyCheckpoint(note, await world.signer.verifierOf('instance', world.db))).toBe(
      'signed',
    );
    await server.kill();
  });

  it('come to a collector that is killed and restarted again and again, each and in order', async () => {
    const server = new TestSyslogServer();
    await server.start();
    follow(toTcp(server));
    for (let round = 1; round <= 5; round += 1) {
      await until(() => server.messages.length >= round * 150);
      await server.kill();
      await world.write(round % 2 ? ours : theirs, 200);
      await world.sequence();
      await server.start();
    }
    const last = (await positions.read('syslog', world.db)).head;
    await until(async () => (await positions.lag('syslog', world.db)) === 0);
    await until(
      async () =>
        new Set(linesOf(textsOf(server.messages)).map(({ entry }) => entry.id)).size === (await written()),
    );
    expect(await expectWhole(textsOf(server.messages))).toBeGreaterThan(0);
    const size = String((await headNow()).head);
    await until(() =>
      server.messages.some(({ event, fields }) => event === 'checkpoint' && fields.size === size),
    );
    const { entries, repeated } = await verified(textsOf(server.messages));
    expect([entries, repeated > 0]).toEqual([await written(), true]);
    expect((await positions.read('syslog', world.db)).head).toBeGreaterThanOrEqual(last);
    await server.kill();
  });

  it('go by TLS to a collector that proves who it is, and to no other', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'collector-'));
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const how = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=collector'];
    const name = ['-addext', 'subjectAltName=IP:127.0.0.1'];
    execFileSync('openssl', ['req', '-x509', ...how, ...name, '-keyout', key, '-out', cert], {
      stdio: 'ignore',
    });
    const server = new TestSyslogServer({ key: readFileSync(key), cert: readFileSync(cert) });
    rmSync(folder, { recursive: true });
    await server.start();
    const address = { protocol: 'tls', host: '127.0.0.1', port: server.port } as const;
    const end = follow(new SyslogStreamCollector(address, 'host'));
    await sleep(200);
    expect([server.messages, await positions.read('syslog', world.db)]).toMatchObject([[], { head: 0 }]);
    await end();
    follow(new SyslogStreamCollector(address, 'host', { ca: server.certificate }));
    await until(() => server.messages.some(({ event }) => event === 'checkpoint'));
    await expectWhole(textsOf(server.messages));
    await server.kill();
  });

  it('go by UDP, a datagram a message', async () => {
    const socket = createSocket('udp4');
    const messages: ParsedSyslog[] = [];
    socket.on('message', (bytes) => messages.push(parseSyslog(bytes.toString())));
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const { head } = await headNow();
    await positions.advance('syslog', { head, leaf: 0 }, world.db);
    follow(
      new SyslogDatagramCollector(
        { protocol: 'udp', host: '127.0.0.1', port: socket.address().port },
        'host',
      ),
    );
    await world.write(ours, 5);
    await world.sequence();
    await until(() => linesOf(textsOf(messages)).length === 5);
    socket.close();
  });

  const headNow = async (): Promise<{ head: number }> => ({
    head: (await world.trees.find(null, world.db))?.size ?? 0,
  });

  it('are JSON Lines over HTTP, none twice and none left out whatever the collector answers', async () => {
    const server = new TestHttpServer();
    await server.start();
    follow(new HttpCollector(`http://127.0.0.1:${server.port}/audit?index=a`, 'token_1'));
    const texts = () => server.posts.flatMap(({ lines }) => lines);
    await until(() => server.posts.length > 1);
    server.status = 503;
    await sleep(60);
    const { head } = await positions.read('http', world.db);
    await sleep(60);
    expect((await positions.read('http', world.db)).head).toBe(head);
    await server.kill();
    await world.write(theirs, 40);
    await world.sequence();
    server.status = 200;
    await server.start();
    await until(async () => (await positions.lag('http', world.db)) === 0);
    expect(await expectWhole(texts())).toBe(0);
    expect(server.posts[0]).toMatchObject({
      authorization: 'Bearer token_1',
      type: 'application/jsonl; charset=utf-8',
    });
    expect(Math.max(...server.posts.map(({ lines }) => lines.length))).toBeLessThanOrEqual(500);
    await until(() => texts().some((text) => text.startsWith('{"checkpoint":')));
    expect(await verified(texts())).toMatchObject({
      ...{ organizations: 2, entries: await written(), repeated: 0, waiting: { entries: 0, heads: 0 } },
      checkpoint: { size: (await headNow()).head },
    });
    await server.kill();
  });

  it('are not read faster than a slow collector takes them, and not given up while it takes any', async () => {
    const server = new TestSyslogServer();
    server.isReading = false;
    await server.start();
    for (let round = 0; round < 10; round += 1) await world.write(ours, 1_000);
    await world.sequence();
    const [collector, watched] = [toTcp(server), source()];
    follow(collector, watched);
    // It waits: for what a system holds of a connection, some megabytes, and no more.
    for (let before = -1; watched.entries !== before || before === 0; await sleep(1_000))
      before = watched.entries;
    expect(watched.entries).toBeLessThan(await written());
    expect(collector.bufferedBytes).toBeLessThan(256 * 1024);
    server.resume();
    await until(async () => linesOf(textsOf(server.messages)).length >= (await written()));
    await expectWhole(textsOf(server.messages));
    await server.kill();
  });

  it('are sent again from the cursor when the collector takes nothing for too long', async () => {
    const server = new TestSyslogServer();
    server.isReading = false;
    await server.start();
    follow(toTcp(server, 200));
    await sleep(900);
    server.resume();
    await until(
      async () =>
        new Set(linesOf(textsOf(server.messages)).map(({ entry }) => entry.id)).size === (await written()),
    );
    await expectWhole(textsOf(server.messages));
    await server.kill();
  });

  it('have hashes of what is kept no longer, and no checkpoint while the log of the instance is set apart', async () => {
    const { organizationId } = theirs;
    const gone = `DELETE FROM audit_logs WHERE id IN (
      SELECT id FROM audit_logs WHERE organization_id = $1 ORDER BY number LIMIT 2) RETURNING id`;
    await world.query(gone, [organizationId]);
    const texts: string[] = [];
    for (let position = { head: 0, leaf: 0 }, isLast = false; !isLast; ) {
      const batch = await source().read(position);
      expect(batch.messages.length).toBeLessThanOrEqual(500);
      texts.push(...batch.messages.map(({ text }) => text));
      [position, isLast] = [batch.next, batch.isLast];
    }
    const taken = texts
      .map((text) => JSON.parse(text))
      .filter((line) => !('entry' in line || 'head' in line));
    expect(taken.map(({ leaf, organization_id }) => [leaf, organization_id])).toEqual([
      [0, organizationId],
      [1, organizationId],
    ]);
    const { head } = await headNow();
    const checkpoint = await source().checkpoint(head);
    await expect(verified([...texts, checkpoint?.text ?? ''])).rejects.toThrow('no entry of the log says');
    await world.trees.quarantine((await world.trees.find(null, world.db))?.id ?? 0, 'other_root', world.db);
    expect(await source().checkpoint(head)).toBeUndefined();
    await world.write(theirs, 1);
    await world.sequence();
    await world.query(
      "UPDATE audit_checkpoints SET created_at = now() - interval '1 hour' WHERE instance_leaf IS NULL",
    );
    await positions.advance('http', { head, leaf: 0 }, world.db);
    expect(await positions.lag('http', world.db)).toBeGreaterThan(3_000);
  });
});
