import { OpenError } from '../../crypto/index.js';
import { TestTenants } from '../../crypto/testing/test-tenant.js';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { TestDatabase } from '../../platform/database/testing/test-database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { AppError } from '../../platform/errors/app-error.js';
import { type Listing, ListQuery, listingOf } from '../../platform/http/listing.js';
import type { Caller } from '../../platform/http/request-context.js';
import { testEventOutbox } from '../../platform/outbox/testing/test-event-outbox.js';
import { ConfigSealer } from './config-sealer.service.js';
import { PoliciesService } from './policies.service.js';
import type { NewResource, ResourceChange } from './resource.js';
import { ResourceChangesService } from './resource-changes.service.js';
import { checkInput } from './resource-config.js';
import { ResourceVersionsRepository } from './resource-versions.repository.js';
import { ResourceVersionsService } from './resource-versions.service.js';
import { ResourcesRepository } from './resources.repository.js';
import { ResourcesService } from './resources.service.js';

const SECRET = 'Ignatius Quartermaine';
const NEW: NewResource = { name: 'policy', type: 'processor', config: { timeout: 30, deny_list: [SECRET] } };
const PARALLEL = 20;

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'done';
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
};

/** Everything of the module for one tenant, with caches of its own as another process has them. */
async function openDesk(database: TestDatabase, tenants: TestTenants) {
  const { organizationId, userId, sealer } = await tenants.add();
  const [resources, versions] = [new ResourcesRepository(), new ResourceVersionsRepository()];
  const configs = new ConfigSealer(sealer);
  const { dataSource } = database;
  const audit = new AuditWriter(dataSource, sealer);
  const changes = new ResourceChangesService(resources, versions, configs, audit, testEventOutbox());
  const work = new UnitOfWork(dataSource);
  const reading = new ResourcesService(resources, configs, dataSource);
  const caller = {
    principal: { organizationId, userId, credential: { kind: 'api_key', id: 'key_test' } },
    requestId: 'req_test',
  } as unknown as Caller;
  return {
    caller,
    reading,
    policies: new PoliciesService(reading),
    history: new ResourceVersionsService(versions, configs, dataSource),
    create: (input = NEW) => work.run((tx) => changes.createResource(caller, checkInput(input), tx)),
    change: (id: string, change: ResourceChange, ifMatch?: readonly string[]) =>
      work.run((tx) => changes.changeResource(caller, id, checkInput(change), ifMatch, tx)),
    remove: (id: string) => work.run((tx) => changes.deleteResource(caller, id, undefined, tx)),
    createAndFail: () =>
      work.run(async (tx) => {
        await changes.createResource(caller, checkInput(NEW), tx);
        throw new Error('rolled back');
      }),
  };
}

const listing: Listing = listingOf(Object.assign(new ListQuery(), { page_size: 100, order: 'asc' }));

describe('resources', () => {
  let database: TestDatabase;
  let tenants: TestTenants;

  beforeAll(async () => {
    database = await TestDatabase.start([]);
    tenants = new TestTenants(database.dataSource);
  });
  afterAll(() => database.stop());

  const count = async (table: string, organizationId: string): Promise<number> => {
    const sql = `SELECT count(*)::int AS count FROM ${table} WHERE organization_id = $1`;
    return (await database.dataSource.query(sql, [organizationId]))[0].count;
  };

  it('lose none of many changes made at once: each is a version, in one row, without a gap', async () => {
    const desk = await openDesk(database, tenants);
    const { id } = await desk.create();
    const names = Array.from({ length: PARALLEL }, (_, index) => `change ${index}`);
    const changed = await Promise.all(names.map((name) => desk.change(id, { name })));
    const numbers = changed.map(({ version }) => version).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: PARALLEL }, (_, index) => index + 2));
    const { rows, total } = await desk.history.listVersions(desk.caller, id, listing);
    expect(total).toBe(PARALLEL + 1);
    expect(rows.map(({ version }) => version)).toEqual([1, ...numbers]);
    expect(
      rows
        .slice(1)
        .map(({ name }) => name)
        .sort(),
    ).toEqual([...names].sort());
    for (const { version, name } of changed) expect(rows[version - 1]?.name).toBe(name);
    const now = await desk.reading.getResource(desk.caller, id);
    expect(now).toMatchObject({ version: PARALLEL + 1, name: rows.at(-1)?.name, config: NEW.config });
    expect(await count('audit_logs', desk.caller.principal.organizationId)).toBe(PARALLEL + 1);
    expect(await count('events', desk.caller.principal.organizationId)).toBe(PARALLEL + 1);
  });

  it('keep every setting when different ones are changed at once', async () => {
    const desk = await openDesk(database, tenants);
    const { id } = await desk.create({ name: 'policy', type: 'processor' });
    const settings = {
      timeout: 5,
      method: 'masking',
      template: 'X',
      preserve_context: true,
      entities: ['URL'],
    };
    const single = Object.entries(settings).map(([name, value]) => ({ config: { [name]: value } }));
    await Promise.all(single.map((change) => desk.change(id, change)));
    expect((await desk.reading.getResource(desk.caller, id)).config).toEqual(settings);
  });

  it('let one change win when all name the same version', async () => {
    const desk = await openDesk(database, tenants);
    const { id } = await desk.create();
    const attempts = Array.from({ length: PARALLEL }, () =>
      codeOf(desk.change(id, { name: 'won' }, ['"1"'])),
    );
    const outcomes = await Promise.all(attempts);
    expect(outcomes.filter((code) => code === 'done')).toHaveLength(1);
    expect(outcomes.filter((code) => code === 'PRECONDITION_FAILED')).toHaveLength(PARALLEL - 1);
    expect((await desk.reading.getResource(desk.caller, id)).version).toBe(2);
  });

  it('leave nothing of a change that was rolled back', async () => {
    const desk = await openDesk(database, tenants);
    await expect(desk.createAndFail()).rejects.toThrow('rolled back');
    for (const table of ['resources', 'resource_versions', 'audit_logs', 'events'])
      expect([table, await count(table, desk.caller.principal.organizationId)]).toEqual([table, 0]);
  });

  it('are seen by their organization alone', async () => {
    const [mine, theirs] = [await openDesk(database, tenants), await openDesk(database, tenants)];
    const { id } = await mine.create();
    const attempts = [
      theirs.reading.getResource(theirs.caller, id),
      theirs.change(id, { name: 'taken' }),
      theirs.remove(id),
      theirs.history.listVersions(theirs.caller, id, listing),
      theirs.history.getVersion(theirs.caller, id, 1),
      theirs.policies.settle(theirs.caller, { processor_id: id }),
    ];
    expect(await Promise.all(attempts.map(codeOf))).toEqual(attempts.map(() => 'NOT_FOUND'));
    expect((await theirs.reading.listResources(theirs.caller, {}, listing)).total).toBe(0);
    expect((await mine.reading.getResource(mine.caller, id)).name).toBe('policy');
  });

  it('are gone with every version once deleted', async () => {
    const desk = await openDesk(database, tenants);
    const { id } = await desk.create();
    await desk.change(id, { name: 'other' });
    await desk.remove(id);
    expect(await codeOf(desk.reading.getResource(desk.caller, id))).toBe('NOT_FOUND');
    for (const table of ['resources', 'resource_versions'])
      expect([table, await count(table, desk.caller.principal.organizationId)]).toEqual([table, 0]);
  });

  it('keep their settings sealed, and open them nowhere but at their own version', async () => {
    const desk = await openDesk(database, tenants);
    const [a, b] = [await desk.create(), await desk.create()];
    await desk.change(a.id, { name: 'second' });
    const { organizationId } = desk.caller.principal;
    for (const table of ['resources', 'resource_versions', 'audit_logs', 'events']) {
      const [{ text }] = await database.dataSource.query(
        `SELECT coalesce(string_agg(t::text, ' '), '') AS text FROM ${table} t WHERE organization_id = $1`,
        [organizationId],
      );
      expect(text).not.toContain(SECRET);
      expect(text).not.toContain(Buffer.from(SECRET).toString('hex'));
    }
    const move = (from: [string, number], to: [string, number]) =>
      database.dataSource.query(
        `UPDATE resource_versions t SET config_sealed = s.config_sealed FROM resource_versions s
          WHERE s.resource_id = $1 AND s.version = $2 AND t.resource_id = $3 AND t.version = $4`,
        [...from, ...to],
      );
    await move([a.id, 1], [a.id, 2]);
    await expect(desk.reading.getResource(desk.caller, a.id)).rejects.toThrow(OpenError);
    await move([a.id, 1], [b.id, 1]);
    await expect(desk.reading.getResource(desk.caller, b.id)).rejects.toThrow(OpenError);
    expect((await desk.history.getVersion(desk.caller, a.id, 1)).config).toEqual(NEW.config);
  });
});
