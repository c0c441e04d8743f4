import { TestDatabase } from '../../platform/database/testing/test-database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { AppError } from '../../platform/errors/app-error.js';
import { newId } from '../../platform/http/ids.js';
import { newKey } from '../own-key.js';
import type { FilePlace } from '../streams/frame.js';
import { type TestTenant, TestTenants } from '../testing/test-tenant.js';
import type { KeyOwner } from './project-key.js';
import { ProjectKeysRepository } from './project-keys.repository.js';
import { ProjectKeys } from './project-keys.service.js';

const PASSWORD = 'correct horse battery staple';

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'done';
  } catch (error) {
    return error instanceof AppError ? error.code : (error as Error).name;
  }
};

describe('the key pairs of projects', () => {
  let database: TestDatabase;
  let tenants: TestTenants;
  let tenant: TestTenant;
  let keys: ProjectKeys;
  let work: UnitOfWork;

  beforeAll(async () => {
    database = await TestDatabase.start([]);
    tenants = new TestTenants(database.dataSource);
    tenant = await tenants.add();
    keys = new ProjectKeys(new ProjectKeysRepository(), tenant.sealer);
    work = new UnitOfWork(database.dataSource);
  });
  afterAll(() => database.stop());

  const db = () => database.dataSource.manager;

  async function bareProject({ organizationId, userId }: TestTenant = tenant): Promise<KeyOwner> {
    const projectId = newId('proj');
    await database.dataSource.query(
      'INSERT INTO projects (id, organization_id, name, created_by) VALUES ($1, $2, $3, $4)',
      [projectId, organizationId, 'Test', userId],
    );
    return { organizationId, projectId };
  }

  async function project(password?: string, owner?: KeyOwner): Promise<KeyOwner> {
    const made = owner ?? (await bareProject());
    const prepared = await keys.prepare(made, password);
    await work.run((tx) => keys.insert(prepared, tx));
    return made;
  }

  const placeIn = (owner: KeyOwner): FilePlace => ({ ...owner, fileId: newId('file'), version: 1 });
  const rowOf = async ({ projectId }: KeyOwner) =>
    (await database.dataSource.query('SELECT * FROM project_keys WHERE project_id = $1', [projectId]))[0];
  const change = async (owner: KeyOwner, current?: string, next?: string): Promise<void> => {
    const prepared = await keys.prepareChange(owner, current, next, db());
    await work.run((tx) => keys.change(prepared, tx));
  };

  it('wrap a file key without a password and give it back with it', async () => {
    for (const password of [undefined, PASSWORD]) {
      const owner = await project(password);
      const [place, fileKey] = [placeIn(owner), newKey()];
      const wrapped = await keys.wrapFileKey(owner, place, fileKey, db());
      const opened = await keys.open(owner, password, db());
      expect(await opened.unwrapFileKey(place, wrapped)).toEqual(fileKey);
    }
  });

  it('of a protected project open with its password alone', async () => {
    const owner = await project(PASSWORD);
    expect(await codeOf(keys.open(owner, undefined, db()))).toBe('PASSWORD_REQUIRED');
    for (const wrong of ['', 'Correct horse battery staple', `${PASSWORD} `, '\u0000'])
      expect(await codeOf(keys.open(owner, wrong, db()))).toBe('INVALID_PASSWORD');
    expect(await rowOf(owner)).toMatchObject({ protection: 'password', kdf: { algorithm: 'argon2id' } });
  });

  it('change, set and lose their password without losing a file', async () => {
    const owner = await project();
    const [place, fileKey] = [placeIn(owner), newKey()];
    const wrapped = await keys.wrapFileKey(owner, place, fileKey, db());
    const steps: [string | undefined, string | undefined][] = [
      [undefined, PASSWORD],
      [PASSWORD, 'another password'],
      ['another password', undefined],
    ];
    for (const [current, next] of steps) {
      await change(owner, current, next);
      const opened = await keys.open(owner, next, db());
      expect(await opened.unwrapFileKey(place, wrapped)).toEqual(fileKey);
      if (next) expect(await codeOf(keys.open(owner, current, db()))).toMatch(/^(?:INVALID|PASSWORD)_/);
    }
    expect((await rowOf(owner)).version).toBe(4);
  });

  it('change with the right password alone', async () => {
    const owner = await project(PASSWORD);
    expect(await codeOf(change(owner, 'wrong password', 'next password'))).toBe('INVALID_PASSWORD');
    expect(await codeOf(change(owner, undefined, 'next password'))).toBe('PASSWORD_REQUIRED');
    expect(await codeOf(keys.open(owner, PASSWORD, db()))).toBe('done');
  });

  it('take one of several changes that were prepared at once', async () => {
    const owner = await project(PASSWORD);
    const nexts = [1, 2, 3, 4, 5].map((n) => `next password ${n}`);
    const prepared = await Promise.all(nexts.map((next) => keys.prepareChange(owner, PASSWORD, next, db())));
    const ends = await Promise.all(prepared.map((one) => codeOf(work.run((tx) => keys.change(one, tx)))));
    expect(ends.sort()).toEqual(
      [
        'PRECONDITION_FAILED',
        'PRECONDITION_FAILED',
        'PRECONDITION_FAILED',
        'PRECONDITION_FAILED',
        'done',
      ].sort(),
    );
    const opens = await Promise.all(nexts.map((next) => codeOf(keys.open(owner, next, db()))));
    expect(opens.filter((code) => code === 'done')).toHaveLength(1);
  });

  it('open no key that was wrapped for another project, file, version or tenant, of all pairs', async () => {
    const foreign = await tenants.add();
    const foreignKeys = new ProjectKeys(new ProjectKeysRepository(), foreign.sealer);
    const foreignOwner = await bareProject(foreign);
    await work.run(async (tx) => foreignKeys.insert(await foreignKeys.prepare(foreignOwner, undefined), tx));
    const [one, two] = [await project(), await project()];
    const [place, other] = [placeIn(one), placeIn(one)];
    const corners = [
      { owner: one, place, of: keys },
      { owner: one, place: other, of: keys },
      { owner: one, place: { ...place, version: 2 }, of: keys },
      { owner: two, place: { ...place, ...two }, of: keys },
      { owner: foreignOwner, place: { ...place, ...foreignOwner }, of: foreignKeys },
    ];
    const fileKey = newKey();
    for (const from of corners) {
      const wrapped = await from.of.wrapFileKey(from.owner, from.place, fileKey, db());
      for (const to of corners) {
        const opened = await to.of.open(to.owner, undefined, db());
        const end = await codeOf(opened.unwrapFileKey(to.place, wrapped));
        expect([corners.indexOf(from), corners.indexOf(to), end]).toEqual([
          corners.indexOf(from),
          corners.indexOf(to),
          from === to ? 'done' : 'OpenError',
        ]);
      }
    }
  });

  it('do not open when their rows are swapped, set back or given another public half', async () => {
    const [one, two] = [await project(), await project()];
    const [mine, theirs] = [await rowOf(one), await rowOf(two)];
    const put = (owner: KeyOwner, columns: { private_sealed: Buffer; public_sealed: Buffer }) =>
      database.dataSource.query(
        'UPDATE project_keys SET private_sealed = $2, public_sealed = $3 WHERE project_id = $1',
        [owner.projectId, columns.private_sealed, columns.public_sealed],
      );
    await put(one, { ...mine, private_sealed: theirs.private_sealed });
    expect(await codeOf(keys.open(one, undefined, db()))).toBe('OpenError');
    await put(one, { ...mine, public_sealed: theirs.public_sealed });
    expect(await codeOf(keys.wrapFileKey(one, placeIn(one), newKey(), db()))).toBe('OpenError');
    await put(one, mine);
    await change(one, undefined, PASSWORD);
    await put(one, mine);
    expect(await codeOf(keys.open(one, PASSWORD, db()))).toBe('OpenError');
  });

  it('are foreign to other tenants and gone once destroyed', async () => {
    const owner = await project();
    const { organizationId } = await tenants.add();
    expect(await codeOf(keys.open({ ...owner, organizationId }, undefined, db()))).toBe('NOT_FOUND');
    await work.run((tx) => keys.destroy({ ...owner, organizationId }, tx));
    expect(await codeOf(keys.open(owner, undefined, db()))).toBe('done');
    await work.run((tx) => keys.destroy(owner, tx));
    expect(await codeOf(keys.open(owner, undefined, db()))).toBe('NOT_FOUND');
    expect(await codeOf(keys.wrapFileKey(owner, placeIn(owner), newKey(), db()))).toBe('NOT_FOUND');
  });

  it('are made for projects that have none', async () => {
    const owner = await bareProject();
    expect(await codeOf(keys.open(owner, undefined, db()))).toBe('NOT_FOUND');
    await work.run((tx) => keys.addMissing(tx));
    expect(await codeOf(keys.open(owner, undefined, db()))).toBe('done');
    const before = await rowOf(owner);
    await work.run((tx) => keys.addMissing(tx));
    expect(await rowOf(owner)).toEqual(before);
  });
});
