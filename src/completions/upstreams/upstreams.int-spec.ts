import type { Logger } from 'pino';
import { MockUpstream } from '../../../test/support/mock-upstream.js';
import { type TestTenant, TestTenants } from '../../crypto/testing/test-tenant.js';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { TestDatabase } from '../../platform/database/testing/test-database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { codeOf } from '../../platform/errors/testing/code-of.js';
import type { Caller } from '../../platform/http/request-context.js';
import type { UpstreamChange } from './upstream.js';
import { UpstreamChangesService } from './upstream-changes.service.js';
import { UpstreamChecks } from './upstream-check.service.js';
import { UpstreamDirectory } from './upstream-directory.service.js';
import { UpstreamKeys } from './upstream-keys.service.js';
import { UpstreamsRepository } from './upstreams.repository.js';

const KEY = 'sk-quartermaine-0123456789';

describe('model servers', () => {
  let database: TestDatabase;
  let tenants: TestTenants;
  let tenant: TestTenant;
  let mock: MockUpstream;
  const errors: object[] = [];
  const directories: UpstreamDirectory[] = [];
  const logger = { error: (line: object) => errors.push(line), info: () => {} } as unknown as Logger;

  beforeAll(async () => {
    database = await TestDatabase.start([]);
    tenants = new TestTenants(database.dataSource);
    tenant = await tenants.add();
    mock = await MockUpstream.start();
  });
  afterEach(async () => {
    await Promise.all(directories.map((directory) => directory.onApplicationShutdown()));
    directories.length = 0;
    await database.dataSource.query('DELETE FROM upstreams');
  });
  afterAll(async () => {
    await mock.stop();
    await database.stop();
  });

  /** Everything of the module, with a snapshot of its own as another process has it. */
  const openProcess = async () => {
    const [repository, keys] = [new UpstreamsRepository(), new UpstreamKeys(await tenants.instanceSealer())];
    const directory = new UpstreamDirectory(repository, keys, database.dataSource, logger);
    directories.push(directory);
    const audit = new AuditWriter(database.dataSource, tenant.sealer);
    const changes = new UpstreamChangesService(repository, keys, directory, audit);
    const work = new UnitOfWork(database.dataSource);
    const { organizationId, userId } = tenant;
    const caller = {
      principal: { organizationId, userId, credential: { kind: 'api_key', id: 'key_test' } },
      requestId: 'req_test',
      signal: () => new AbortController().signal,
    } as unknown as Caller;
    return {
      directory,
      check: new UpstreamChecks(directory),
      caller,
      find: (id: string) => repository.find(id, database.dataSource.manager),
      create: (name: string, more: UpstreamChange = {}) =>
        work.run((tx) =>
          changes.createUpstream(caller, { ...more, name, baseUrl: more.baseUrl ?? mock.url }, tx),
        ),
      change: (id: string, change: UpstreamChange) =>
        work.run((tx) => changes.changeUpstream(caller, id, change, undefined, tx)),
      remove: (id: string) => work.run((tx) => changes.deleteUpstream(caller, id, undefined, tx)),
      createAndFail: () =>
        work.run(async (tx) => {
          await changes.createUpstream(caller, { baseUrl: mock.url, name: 'undone' }, tx);
          throw new Error('rolled back');
        }),
    };
  };

  const namesIn = async (directory: UpstreamDirectory): Promise<string[]> =>
    (await directory.list()).map(({ upstream }) => upstream.name);

  it('are seen by the process that changes them at once, by others within a second', async () => {
    const [here, there] = [await openProcess(), await openProcess()];
    expect([await namesIn(here.directory), await namesIn(there.directory)]).toEqual([[], []]);
    const { id } = await here.create('b');
    await here.create('a');
    await here.create('urgent', { priority: 1 });
    await here.create('off', { isEnabled: false });
    expect(await namesIn(here.directory)).toEqual(['urgent', 'a', 'b']);
    const soon = Date.now() + 1_000;
    while ((await namesIn(there.directory)).length < 3 && Date.now() < soon)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await namesIn(there.directory)).toEqual(['urgent', 'a', 'b']);
    await here.remove(id);
    expect(await namesIn(here.directory)).toEqual(['urgent', 'a']);
    await here.createAndFail().catch(() => {});
    expect(await namesIn(here.directory)).toEqual(['urgent', 'a']);
  });

  it('keep their link until they are changed; the old one then takes no more requests', async () => {
    const { directory, create, change } = await openProcess();
    const { id } = await create('a', { isPrivate: true });
    const [before] = await directory.list();
    await create('b');
    expect((await directory.list())[0]).toBe(before);
    await change(id, { isPrivate: false });
    const [after] = await directory.list();
    expect([after === before, after?.isClosed, before?.isClosed]).toEqual([false, false, true]);
    expect(before && directory.linkOf(before.upstream)).toBe(before);
  });

  it('keep their keys sealed, each for where it was given for', async () => {
    const { directory, create, find } = await openProcess();
    const { id } = await create('a', { apiKey: KEY });
    const row = await find(id);
    expect([row?.keySealed?.includes(KEY), JSON.stringify(row).includes(KEY)]).toEqual([false, false]);
    const move = (url: string) =>
      database.dataSource.query('UPDATE upstreams SET base_url = $1, version = version + 1', [url]);
    await move(`${mock.url}/elsewhere`);
    expect(await namesIn(directory)).toEqual(['a']);
    await move('http://127.0.0.2:9/v1');
    await create('b');
    errors.length = 0;
    expect(await namesIn(directory)).toEqual(['b']);
    expect(errors).toEqual([expect.objectContaining({ upstream: id })]);
    expect(JSON.stringify(errors)).not.toContain(KEY);
  });

  it('send no key to a new place without a new word about it', async () => {
    const { create, change, find } = await openProcess();
    const { id } = await create('a', { apiKey: KEY });
    const sealed = async () => (await find(id))?.keySealed;
    const elsewhere = 'https://models.example.org/v1';
    expect(await codeOf(change(id, { baseUrl: elsewhere }))).toBe('VALIDATION_ERROR');
    expect(await codeOf(change(id, { baseUrl: mock.url.replace('http:', 'https:') }))).toBe(
      'VALIDATION_ERROR',
    );
    const before = await sealed();
    await change(id, { baseUrl: `${mock.url}/deeper`, name: 'c' });
    expect(await sealed()).toEqual(before);
    await change(id, { baseUrl: elsewhere, apiKey: 'sk-new' });
    expect(await sealed()).not.toEqual(before);
    await change(id, { baseUrl: mock.url, apiKey: null });
    expect(await sealed()).toBeNull();
    await change(id, { baseUrl: elsewhere });
  });

  it('have names that differ, whoever takes one first', async () => {
    const { create, change } = await openProcess();
    const codes = await Promise.all(Array.from({ length: 8 }, () => codeOf(create('same'))));
    expect(codes.sort()).toEqual([...Array(7).fill('UPSTREAM_EXISTS'), 'done']);
    const { id } = await create('other');
    expect(await codeOf(change(id, { name: 'same' }))).toBe('UPSTREAM_EXISTS');
    expect(await codeOf(change(id, { name: 'other', priority: 3 }))).toBe('done');
  });

  it('leave an audit row each time, which has no key', async () => {
    const { create, change, remove } = await openProcess();
    const { id } = await create('a', { apiKey: KEY });
    await change(id, { apiKey: 'sk-another', priority: 2 });
    await remove(id);
    const rows = await database.dataSource.query(
      'SELECT action FROM audit_logs WHERE target_id = $1 ORDER BY number',
      [id],
    );
    expect(rows.map(({ action }: { action: string }) => action)).toEqual([
      'upstream.created',
      'upstream.updated',
      'upstream.deleted',
    ]);
  });

  it('say on the spot what they have, or what is wrong', async () => {
    const { create, check, caller, directory } = await openProcess();
    mock.models = ['m1', 'm2'];
    const on = await create('on', { apiKey: KEY });
    const off = await create('off', { apiKey: KEY, isEnabled: false });
    for (const row of [on, off])
      expect(await check.check(caller, row)).toMatchObject({ isReached: true, models: ['m1', 'm2'] });
    expect(directory.healthOf(on)).toMatchObject({ status: 'healthy' });
    expect(directory.healthOf(off)).toMatchObject({ status: 'unknown' });
    mock.modelsPlan = { status: 401, body: { error: { message: `wrong key ${KEY}` } } };
    const refused = await check.check(caller, on);
    expect([refused.isReached, refused.fault?.code]).toEqual([false, 'HTTP_401']);
    for (const body of ['<html>', '[]', '{"data":7}']) {
      mock.modelsPlan = { body };
      expect((await check.check(caller, on)).fault?.code).toBe('NO_LIST');
    }
    mock.modelsPlan = undefined;
  });
});
