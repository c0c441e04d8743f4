import { TestTenants } from '../../crypto/testing/test-tenant.js';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { createDataSource } from '../../platform/database/data-source.js';
import { TestDatabase } from '../../platform/database/testing/test-database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { AppError } from '../../platform/errors/app-error.js';
import type { IfMatch } from '../../platform/http/etag.js';
import { newId } from '../../platform/http/ids.js';
import { ListQuery, listingOf } from '../../platform/http/listing.js';
import type { Caller } from '../../platform/http/request-context.js';
import { ProjectEntity, ProjectsRepository } from '../../projects/index.js';
import { PolicyChanges } from './policy-changes.service.js';
import { PolicyReading } from './policy-reading.service.js';
import { ShieldPoliciesRepository } from './shield-policies.repository.js';
import { ShieldPolicies } from './shield-policies.service.js';
import { DEFAULT_SHIELD_POLICY, type ShieldAction } from './shield-policy.js';
import { type PolicyOwner, tagOf } from './stored-policy.js';

const policyOf = (default_action: ShieldAction) => ({ ...DEFAULT_SHIELD_POLICY, default_action });

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );

describe('shield policies', () => {
  let database: TestDatabase;
  let tenants: TestTenants;
  let elsewhere: ShieldPolicies;
  let statements: string[];
  let closeOther: () => Promise<void>;

  beforeAll(async () => {
    database = await TestDatabase.start([ProjectEntity]);
    tenants = new TestTenants(database.dataSource);
    const other = await createDataSource(database.url, 2, []).initialize();
    const query = other.query.bind(other);
    statements = [];
    other.manager.query = ((sql: string, parameters: unknown[]) => {
      statements.push(sql);
      return query(sql, parameters);
    }) as typeof other.manager.query;
    elsewhere = new ShieldPolicies(new ShieldPoliciesRepository(), other);
    closeOther = () => other.destroy();
  });
  afterAll(async () => {
    await closeOther();
    await database.stop();
  });

  /** A tenant with two projects, and what changes its policies. */
  async function openDesk() {
    const { organizationId, userId, sealer } = await tenants.add();
    const { dataSource } = database;
    const repository = new ShieldPoliciesRepository();
    const policies = new ShieldPolicies(repository, dataSource);
    const projects = new ProjectsRepository();
    const audit = new AuditWriter(dataSource, sealer);
    const changes = new PolicyChanges(repository, policies, projects, audit);
    const work = new UnitOfWork(dataSource);
    const caller = {
      principal: { organizationId, userId, credential: { kind: 'api_key', id: 'key_test' } },
      requestId: 'req_test',
    } as unknown as Caller;
    const addProject = async (): Promise<PolicyOwner> => {
      const id = newId('proj');
      await work.run((tx) => projects.insert({ id, organizationId, name: 'P', createdBy: userId }, tx));
      return { organizationId, projectId: id };
    };
    return {
      organizationId,
      whole: { organizationId, projectId: undefined },
      projects: [await addProject(), await addProject()] as const,
      policies,
      reading: new PolicyReading(repository, policies, projects, dataSource),
      set: (owner: PolicyOwner, action: ShieldAction, ifMatch?: IfMatch) =>
        work.run((tx) => changes.set(caller, owner, policyOf(action), ifMatch, tx)),
      takeBack: (owner: PolicyOwner, ifMatch?: IfMatch) =>
        work.run((tx) => changes.takeBack(caller, owner, ifMatch, tx)),
    };
  }

  const there = async ({ organizationId, projectId }: PolicyOwner): Promise<string> => {
    const { default_action, stored } = await elsewhere.effectiveOf(organizationId, projectId);
    return stored ? `${default_action} ${stored.version}` : `${default_action} by default`;
  };

  it('hold in another process from the very next request on: the project’s, the organization’s, the default', async () => {
    const { whole, projects, set, takeBack } = await openDesk();
    const [one, other] = projects;
    const everywhere = () => Promise.all([one, other, whole].map(there));
    expect(await everywhere()).toEqual(Array(3).fill('tokenize by default'));
    await set(whole, 'mask');
    expect(await everywhere()).toEqual(Array(3).fill('mask 1'));
    await set(one, 'block');
    expect(await everywhere()).toEqual(['block 1', 'mask 1', 'mask 1']);
    await set(one, 'local');
    await takeBack(whole);
    expect(await everywhere()).toEqual(['local 2', 'tokenize by default', 'tokenize by default']);
    await takeBack(one);
    await set(whole, 'allow');
    expect(await everywhere()).toEqual(Array(3).fill('allow 3'));
    await set(one, 'mask');
    expect(await there(one)).toBe('mask 4');
  });

  it('are read for many requests of a moment by few queries, each with its own answer', async () => {
    const desks = [await openDesk(), await openDesk()];
    const actions = ['mask', 'block', 'allow', 'local'] as const;
    const owners = desks.flatMap(({ projects }) => projects);
    for (const [index, owner] of owners.entries())
      await desks[Math.floor(index / 2)]?.set(owner, actions[index] ?? 'mask');
    statements.length = 0;
    const asked = Array.from({ length: 400 }, (_, index) => owners[index % 4] as PolicyOwner);
    const found = await Promise.all(asked.map(there));
    expect(found).toEqual(asked.map((owner) => `${actions[owners.indexOf(owner)]} 1`));
    expect(statements.length).toBeLessThanOrEqual(2);
  });

  it('never hold beyond their organization', async () => {
    const [mine, foreign] = [await openDesk(), await openDesk()];
    await foreign.set(foreign.projects[0], 'allow');
    await foreign.set(foreign.whole, 'allow');
    const mixed = { organizationId: mine.organizationId, projectId: foreign.projects[0].projectId };
    expect(await there(mixed)).toBe('tokenize by default');
    expect(await codeOf(mine.set(mixed, 'allow'))).toBe('NOT_FOUND');
    expect(await codeOf(mine.takeBack(mixed))).toBe('NOT_FOUND');
    const listing = listingOf(new ListQuery());
    expect((await mine.reading.listVersions(mixed, listing)).total).toBe(0);
    expect(await codeOf(mine.reading.getVersion(mixed, 1))).toBe('NOT_FOUND');
  });

  it('lose no change made at once: each is a version and an audit row', async () => {
    const { organizationId, projects, set, takeBack, reading } = await openDesk();
    const [owner] = projects;
    const wanted = Array.from({ length: 10 }, (_, index) => (index % 2 ? 'mask' : 'block'));
    await Promise.all(wanted.map((action) => set(owner, action as ShieldAction)));
    await takeBack(owner);
    await takeBack(owner);
    const listing = listingOf(Object.assign(new ListQuery(), { order: 'asc' }));
    const { rows, total } = await reading.listVersions(owner, listing);
    expect(total).toBe(11);
    expect(rows.map(({ version }) => version)).toEqual(Array.from({ length: 11 }, (_, index) => index + 1));
    const kept = rows.map(({ policy }) => policy?.default_action ?? 'none').sort();
    expect(kept).toEqual([...wanted, 'none'].sort());
    expect(rows.at(-1)?.policy).toBeNull();
    const entries = await database.dataSource.query(
      `SELECT action, count(*)::int AS count FROM audit_logs
        WHERE organization_id = $1 AND project_id = $2 AND target_type = 'shield_policy' GROUP BY action ORDER BY action`,
      [organizationId, owner.projectId],
    );
    expect(entries).toEqual([
      { action: 'policy.deleted', count: 1 },
      { action: 'policy.updated', count: 10 },
    ]);
  });

  it('let one of several win that have read the same, the first ones included', async () => {
    const { whole, projects, policies, set, takeBack } = await openDesk();
    const [owner] = projects;
    const read = async (): Promise<IfMatch> => {
      const shown = await policies.inForce(owner, database.dataSource.manager);
      return [`"${tagOf(shown, owner)}"`];
    };
    const race = async (): Promise<string[]> => {
      const tag = await read();
      const codes = Array.from({ length: 5 }, () => codeOf(set(owner, 'block', tag)));
      return (await Promise.all(codes)).sort();
    };
    const one = [...Array(4).fill('PRECONDITION_FAILED'), 'done'];
    expect(await race()).toEqual(one);
    expect(await race()).toEqual(one);
    const own = await read();
    await takeBack(owner, own);
    expect(await codeOf(set(owner, 'mask', own))).toBe('PRECONDITION_FAILED');
    for (let version = 1; version <= 2; version += 1) await set(whole, 'mask');
    const inherited = await read();
    expect(inherited).toEqual(['"organization-2"']);
    await set(whole, 'allow');
    expect(await codeOf(set(owner, 'mask', inherited))).toBe('PRECONDITION_FAILED');
  });
});
