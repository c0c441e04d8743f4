import type { DiscoveryService } from '@nestjs/core';
import { type FilePlace, OpenError, OwnKeys } from '../crypto/index.js';
import { testProjectKeys } from '../crypto/testing/test-project-keys.js';
import { TestTenants } from '../crypto/testing/test-tenant.js';
import { OrganizationsRepository } from '../organizations/index.js';
import { AuditWriter } from '../platform/audit/audit.writer.js';
import { TestDatabase } from '../platform/database/testing/test-database.js';
import { type Tx, UnitOfWork } from '../platform/database/unit-of-work.js';
import { AppError } from '../platform/errors/app-error.js';
import { type Listing, ListQuery, listingOf } from '../platform/http/listing.js';
import type { Caller } from '../platform/http/request-context.js';
import { testEventOutbox } from '../platform/outbox/testing/test-event-outbox.js';
import { ProjectEntity } from './project.entity.js';
import type { ProjectChange, ProjectSettings } from './project.js';
import { ProjectChangesService } from './project-changes.service.js';
import { ProjectContents, ProjectContentsRegistry, type ProjectOwner } from './project-contents.js';
import { ProjectDescriptions } from './project-descriptions.service.js';
import { ProjectNewsWriter } from './project-news.service.js';
import { ProjectPasswordsService } from './project-passwords.service.js';
import { ProjectsRepository } from './projects.repository.js';
import { ProjectsService } from './projects.service.js';
import { ProjectSharesRepository } from './shares/project-shares.repository.js';

const SECRET = 'Records of Ignatius Quartermaine';
const PASSWORD = 'correct horse battery';
const NEW: ProjectSettings = { name: 'First', description: SECRET, retentionDays: null, legalHold: false };
const PARALLEL = 20;

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'done';
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
};

/** A feature above projects that keeps something for them, or fails to let go of it. */
class Shelf extends ProjectContents {
  readonly emptied: ProjectOwner[] = [];
  fails = false;

  async delete(owner: ProjectOwner): Promise<void> {
    if (this.fails) throw new Error('the shelf is stuck');
    this.emptied.push(owner);
  }
}

/** Everything of the module for one tenant, with caches of its own as another process has them. */
async function openDesk({ dataSource }: TestDatabase, tenants: TestTenants) {
  const { organizationId, userId, sealer } = await tenants.add();
  const [repository, descriptions] = [new ProjectsRepository(), new ProjectDescriptions(sealer)];
  const shelf = new Shelf();
  const discovery = { getProviders: () => [{ instance: shelf }] } as unknown as DiscoveryService;
  const news = new ProjectNewsWriter(new AuditWriter(dataSource, sealer), testEventOutbox());
  const keys = testProjectKeys(sealer);
  const contents = new ProjectContentsRegistry(discovery);
  const changes = new ProjectChangesService(
    repository,
    descriptions,
    keys,
    contents,
    news,
    new OrganizationsRepository(),
  );
  const reading = new ProjectsService(repository, descriptions, new ProjectSharesRepository(), dataSource);
  const passwords = new ProjectPasswordsService(keys, reading, changes, dataSource);
  const work = new UnitOfWork(dataSource);
  const caller = {
    principal: {
      organizationId,
      userId,
      role: 'admin',
      memberships: [{ organizationId, role: 'admin' }],
      credential: { kind: 'api_key', id: 'key_test' },
    },
    requestId: 'req_test',
  } as unknown as Caller;
  return {
    ...{ caller, keys, organizationId, passwords, reading, repository, shelf },
    run: <T>(effect: (tx: Tx) => Promise<T>): Promise<T> => work.run(effect),
    create: async (settings = NEW, password?: string) => {
      const prepared = await passwords.prepareProject(caller, settings, password);
      return work.run((tx) => changes.createProject(caller, prepared, tx));
    },
    change: (id: string, change: ProjectChange, ifMatch?: readonly string[]) =>
      work.run((tx) => changes.changeProject(caller, id, change, ifMatch, tx)),
    archive: (id: string) => work.run((tx) => changes.moveProject(caller, id, 'archived', undefined, tx)),
    setPassword: async (id: string, current: string | undefined, next: string | undefined) => {
      const prepared = await passwords.prepareChange(caller, id, { current, next });
      return work.run((tx) => passwords.setPassword(caller, prepared, undefined, tx));
    },
    remove: (id: string) => work.run((tx) => changes.deleteProject(caller, id, undefined, tx)),
  };
}

const listing: Listing = listingOf(Object.assign(new ListQuery(), { page_size: 100, order: 'asc' }));

describe('projects', () => {
  let database: TestDatabase;
  let tenants: TestTenants;

  beforeAll(async () => {
    database = await TestDatabase.start([ProjectEntity]);
    tenants = new TestTenants(database.dataSource);
  });
  afterAll(() => database.stop());

  const open = () => openDesk(database, tenants);
  const count = async (table: string, organizationId: string): Promise<number> => {
    const sql = `SELECT count(*)::int AS count FROM ${table} WHERE organization_id = $1`;
    return (await database.dataSource.query(sql, [organizationId]))[0].count;
  };

  it('lose none of many changes made at once, and let one win when all name the same version', async () => {
    const desk = await open();
    const { id } = await desk.create();
    const days = Array.from({ length: PARALLEL }, (_, index) => index + 1);
    const changed = await Promise.all(days.map((retentionDays) => desk.change(id, { retentionDays })));
    expect(changed.map(({ version }) => version).sort((a, b) => a - b)).toEqual(days.map((day) => day + 1));
    const { version } = await desk.reading.getProject(desk.caller, id);
    const race = days.map(() => codeOf(desk.change(id, { name: 'won' }, [`"${version}"`])));
    const outcomes = await Promise.all(race);
    expect(outcomes.filter((code) => code === 'done')).toHaveLength(1);
    expect(outcomes.filter((code) => code === 'PRECONDITION_FAILED')).toHaveLength(PARALLEL - 1);
    expect(await count('audit_logs', desk.organizationId)).toBe(PARALLEL + 2);
    expect(await count('events', desk.organizationId)).toBe(PARALLEL + 2);
  });

  it('are seen and changed by their organization alone', async () => {
    const [mine, theirs] = [await open(), await open()];
    const { id, number } = await mine.create(NEW, PASSWORD);
    const attempts = [
      theirs.reading.getProject(theirs.caller, id),
      theirs.reading.getProjectByNumber(theirs.caller, number),
      theirs.change(id, { name: 'taken' }),
      theirs.archive(id),
      theirs.setPassword(id, PASSWORD, 'another password'),
      theirs.remove(id),
    ];
    expect(await Promise.all(attempts.map(codeOf))).toEqual(attempts.map(() => 'NOT_FOUND'));
    const { manager } = database.dataSource;
    const { organizationId, repository } = theirs;
    expect([
      await repository.exists(organizationId, id, manager),
      await repository.isActive(organizationId, id, manager),
      await repository.find(organizationId, id, manager),
      await theirs.run((tx) => repository.lockForUpload(organizationId, id, tx)),
      (await theirs.reading.listProjects(theirs.caller, {}, listing)).total,
    ]).toEqual([false, false, undefined, undefined, 0]);
    await theirs.run((tx) => repository.adjustCounts(organizationId, id, { documents: 7 }, tx));
    await theirs.run((tx) => repository.delete(organizationId, id, tx));
    expect(await mine.reading.getProject(mine.caller, id)).toMatchObject({
      ...{ name: 'First', version: 1, documentCount: 0, protected: true },
    });
  });

  it('are gone with their keys and all that features keep for them, or not at all', async () => {
    const desk = await open();
    const { id } = await desk.create(NEW, PASSWORD);
    desk.shelf.fails = true;
    await expect(desk.remove(id)).rejects.toThrow('stuck');
    expect([
      await count('projects', desk.organizationId),
      await count('project_keys', desk.organizationId),
    ]).toEqual([1, 1]);
    desk.shelf.fails = false;
    await desk.remove(id);
    expect(desk.shelf.emptied).toEqual([{ organizationId: desk.organizationId, projectId: id }]);
    for (const table of ['projects', 'project_keys'])
      expect([table, await count(table, desk.organizationId)]).toEqual([table, 0]);
    expect(await codeOf(desk.remove(id))).toBe('NOT_FOUND');
  });

  it('leave the API keys that named them', async () => {
    const desk = await open();
    const { id } = await desk.create();
    const { userId } = desk.caller.principal;
    const { dataSource } = database;
    await dataSource.query(
      `INSERT INTO api_keys (id, organization_id, user_id, default_project_id, name, hint, scopes, plan)
       VALUES ($1, $2, $3, $4, 'k', 'h', '{*}', 'unlimited')`,
      [`key_${id}`, desk.organizationId, userId, id],
    );
    await desk.remove(id);
    const [key] = await dataSource.query('SELECT default_project_id FROM api_keys WHERE id = $1', [
      `key_${id}`,
    ]);
    expect(key).toEqual({ default_project_id: null });
  });

  it('are not deleted under legal hold', async () => {
    const desk = await open();
    const { id } = await desk.create({ ...NEW, legalHold: true });
    expect(await codeOf(desk.remove(id))).toBe('LEGAL_HOLD');
    expect(desk.shelf.emptied).toEqual([]);
    await desk.change(id, { legalHold: false });
    expect(await codeOf(desk.remove(id))).toBe('done');
  });

  it('count what is put into them at once, without a deadlock and without losing any', async () => {
    const desk = await open();
    const { id } = await desk.create();
    const { organizationId, repository } = desk;
    const upload = (bytes: number) =>
      desk.run(async (tx) => {
        const target = await repository.lockForUpload(organizationId, id, tx);
        expect(target).toEqual({
          id,
          status: 'active',
          protected: false,
          legalHold: false,
          retentionDays: null,
        });
        await repository.adjustCounts(organizationId, id, { documents: 1, bytes }, tx);
      });
    const large = 3 * 2 ** 32;
    await Promise.all(Array.from({ length: PARALLEL }, () => upload(large)));
    await desk.run((tx) => repository.adjustCounts(organizationId, id, { documents: -5, bytes: -large }, tx));
    expect(await desk.reading.getProject(desk.caller, id)).toMatchObject({
      documentCount: PARALLEL - 5,
      sizeBytes: (PARALLEL - 1) * large,
      // What was read before has other numbers, so its ETag must not hold any more.
      version: PARALLEL + 2,
    });
  });

  it('keep what they are about sealed, and open it nowhere but with its own project', async () => {
    const desk = await open();
    const [a, b] = [await desk.create(), await desk.create()];
    for (const table of ['projects', 'project_keys', 'audit_logs', 'events']) {
      const [{ text }] = await database.dataSource.query(
        `SELECT coalesce(string_agg(t::text, ' '), '') AS text FROM ${table} t WHERE organization_id = $1`,
        [desk.organizationId],
      );
      expect(text).not.toContain(SECRET);
      expect(text).not.toContain(Buffer.from(SECRET).toString('hex'));
    }
    await database.dataSource.query(
      `UPDATE projects t SET description_sealed = s.description_sealed FROM projects s WHERE t.id = $1 AND s.id = $2`,
      [a.id, b.id],
    );
    await expect(desk.reading.getProject(desk.caller, a.id)).rejects.toThrow(OpenError);
    expect((await desk.reading.getProject(desk.caller, b.id)).description).toBe(SECRET);
  });

  it('are walked newest first, each once, though others come and go', async () => {
    const desk = await open();
    const { userId } = desk.caller.principal;
    await database.dataSource.query(
      `INSERT INTO projects (id, organization_id, name, created_by, created_at)
       SELECT 'proj_' || $1 || n, $1, 'P' || n, $2, now() - (n % 7) * interval '1 second'
         FROM generate_series(1, 250) AS n`,
      [desk.organizationId, userId],
    );
    const seen: string[] = [];
    const times: number[] = [];
    for await (const projects of desk.reading.walkProjects(desk.caller)) {
      seen.push(...projects.map(({ id }) => id));
      times.push(...projects.map(({ createdAt }) => createdAt.getTime()));
      await desk.create();
    }
    expect([seen.length, new Set(seen).size]).toEqual([250, 250]);
    expect(times).toEqual([...times].sort((a, b) => b - a));
  });

  it('with a retention are found for whoever keeps it, but not those under legal hold', async () => {
    const desk = await open();
    const kept = await desk.create({ ...NEW, retentionDays: 30 });
    const archived = await desk.create({ ...NEW, retentionDays: 7 });
    await desk.archive(archived.id);
    await desk.create({ ...NEW, retentionDays: 30, legalHold: true });
    await desk.create();
    const found: string[] = [];
    for (let after = ''; ; ) {
      const [project] = await desk.repository.listRetained(after, 1, database.dataSource.manager);
      if (!project) break;
      if (project.organizationId === desk.organizationId)
        found.push(`${project.id} ${project.retentionDays}`);
      after = project.id;
    }
    expect(found.sort()).toEqual([`${kept.id} 30`, `${archived.id} 7`].sort());
  });

  describe('passwords', () => {
    const fileOf = async (desk: Awaited<ReturnType<typeof open>>, projectId: string) => {
      const { organizationId } = desk;
      const place: FilePlace = { organizationId, projectId, fileId: 'file_test', version: 1 };
      const fileKey = OwnKeys.newKey();
      const owner = { organizationId, projectId };
      const { manager } = database.dataSource;
      const wrapped = await desk.keys.wrapFileKey(owner, place, fileKey, manager);
      return async (password?: string): Promise<boolean> => {
        const key = await desk.keys.open(owner, password, manager);
        return (await key.unwrapFileKey(place, wrapped)).equals(fileKey);
      };
    };

    it('are set, changed and taken away, and files from before stay readable', async () => {
      const desk = await open();
      const { id } = await desk.create();
      const reads = await fileOf(desk, id);
      expect(await reads()).toBe(true);
      expect(await desk.setPassword(id, undefined, PASSWORD)).toMatchObject({ protected: true, version: 2 });
      expect([await codeOf(reads()), await codeOf(reads('wrong password')), await reads(PASSWORD)]).toEqual([
        'PASSWORD_REQUIRED',
        'INVALID_PASSWORD',
        true,
      ]);
      expect(await codeOf(desk.setPassword(id, undefined, 'other password'))).toBe('PASSWORD_REQUIRED');
      expect(await codeOf(desk.setPassword(id, 'wrong password', undefined))).toBe('INVALID_PASSWORD');
      await desk.setPassword(id, PASSWORD, 'other password');
      expect([await codeOf(reads(PASSWORD)), await reads('other password')]).toEqual([
        'INVALID_PASSWORD',
        true,
      ]);
      expect(await desk.setPassword(id, 'other password', undefined)).toMatchObject({ protected: false });
      expect(await reads()).toBe(true);
      const actions = await database.dataSource.query(
        `SELECT action, project_id FROM audit_logs WHERE target_id = $1 AND action LIKE 'project.password%'
          ORDER BY number`,
        [id],
      );
      expect(actions).toEqual(
        ['set', 'changed', 'removed'].map((verb) => ({ action: `project.password_${verb}`, project_id: id })),
      );
    });

    it('let one of several changes at once win, and the others know', async () => {
      const desk = await open();
      const { id } = await desk.create(NEW, PASSWORD);
      const reads = await fileOf(desk, id);
      const words = ['first password', 'second password', 'third password'];
      const outcomes = await Promise.all(words.map((word) => codeOf(desk.setPassword(id, PASSWORD, word))));
      expect([...outcomes].sort()).toEqual(['PRECONDITION_FAILED', 'PRECONDITION_FAILED', 'done']);
      expect(await reads(words[outcomes.indexOf('done')])).toBe(true);
      expect(await desk.reading.getProject(desk.caller, id)).toMatchObject({ version: 2 });
    });

    it('that are not there are taken away without a trace', async () => {
      const desk = await open();
      const { id } = await desk.create();
      expect(await desk.setPassword(id, undefined, undefined)).toMatchObject({
        protected: false,
        version: 1,
      });
      expect(await count('audit_logs', desk.organizationId)).toBe(1);
    });
  });
});
