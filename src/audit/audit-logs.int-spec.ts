import type { UserDirectory } from '../accounts/index.js';
import { OpenError } from '../crypto/index.js';
import { type TestTenant, TestTenants } from '../crypto/testing/test-tenant.js';
import { OrganizationsRepository } from '../organizations/index.js';
import { AuditWriter } from '../platform/audit/audit.writer.js';
import type { AuditEntry } from '../platform/audit/audit-entry.js';
import { TestDatabase } from '../platform/database/testing/test-database.js';
import { type Listing, ListQuery, listingOf } from '../platform/http/listing.js';
import { AuditLogsRepository } from './audit-logs.repository.js';
import { AuditLogsService } from './audit-logs.service.js';
import { AuditOpener } from './audit-opener.service.js';
import { reachOfMemberships, reachOfOrganization, reachOfRoles } from './audit-reach.policy.js';
import type { AuditFilter, AuditRecord } from './audit-record.js';

type Reader = Parameters<typeof reachOfRoles>[0];
type Entry = Partial<Omit<AuditEntry, 'organizationId'>>;

const listing = (change: Partial<ListQuery> = {}): Listing =>
  listingOf(Object.assign(new ListQuery(), { page_size: 100, ...change }));

describe('the audit log', () => {
  let database: TestDatabase;
  let tenants: TestTenants;
  let [ours, theirs, twin] = [] as unknown as [TestTenant, TestTenant, TestTenant];
  let service: AuditLogsService;

  /** As of another process: it has opened no key yet. */
  function freshService(): AuditLogsService {
    const people = new Map([
      ['user_anna', { fullName: 'Anna Ritter', email: 'anna@example.com', erased: false }],
      ['user_cleo', { fullName: 'Unnamed', email: null, erased: true }],
    ]);
    const users = { find: async () => people } as unknown as UserDirectory;
    const organizations = new OrganizationsRepository();
    const opener = new AuditOpener(tenants.sealer(), users, organizations);
    return new AuditLogsService(new AuditLogsRepository(), opener, organizations, database.dataSource);
  }

  const write = ({ organizationId, sealer }: TestTenant, entry: Entry): Promise<void> =>
    new AuditWriter(database.dataSource, sealer).appendAlone({
      organizationId,
      actor: { type: 'api_key', id: `key of ${entry.userId}` },
      action: 'text.processed',
      requestId: 'req_1',
      details: { client_address: '192.0.2.7', user_agent: 'curl', method_used: 'mask', reason: 'asked' },
      ...entry,
    });

  beforeAll(async () => {
    database = await TestDatabase.start([]);
    tenants = new TestTenants(database.dataSource);
    [ours, theirs, twin] = [await tenants.add(), await tenants.add(), await tenants.add()];
    const sql = 'UPDATE organizations SET sandbox_of = $2 WHERE id = $1';
    await database.dataSource.query(sql, [twin.organizationId, ours.organizationId]);
    service = freshService();
    const project = { type: 'project', id: 'proj_1' };
    await write(ours, { userId: 'user_anna', requestId: 'ours anna' });
    await write(ours, {
      userId: 'user_ben',
      requestId: 'ours ben',
      target: project,
      action: 'project.updated',
    });
    await write(ours, {
      ...{
        userId: 'user_ben',
        subjectUserId: 'user_anna',
        requestId: 'ours about anna',
        projectId: 'proj_1',
      },
      ...{ action: 'member.role_changed', actor: { type: 'user', id: 'user_ben' } },
    });
    await write(theirs, { userId: 'user_cleo', requestId: 'theirs cleo' });
    await write(theirs, { userId: 'user_anna', requestId: 'theirs anna' });
    await write(theirs, { actor: { type: 'system', id: 'clock' }, requestId: 'theirs system' });
    await write(twin, { userId: 'user_anna', requestId: 'twin anna' });
  });
  afterAll(() => database.stop());

  const role = ({ organizationId }: TestTenant, given: 'viewer' | 'editor' | 'admin') => ({
    organizationId,
    role: given,
  });

  const reader = (change: Partial<Reader> = {}): Reader => ({
    userId: 'user_anna',
    organizationId: ours.organizationId,
    memberships: [role(ours, 'viewer')],
    systemRole: 'user',
    mode: 'live',
    ...change,
  });

  const read = async (
    reach: ReturnType<typeof reachOfRoles>,
    filter: AuditFilter = {},
  ): Promise<readonly AuditRecord[]> => (await service.list(reach, filter, listing())).rows;
  const names = (records: readonly AuditRecord[]): string[] =>
    records.map(({ requestId }) => requestId).sort();
  const mixed = () => reader({ memberships: [role(ours, 'viewer'), role(theirs, 'admin')] });
  const instance = () => reader({ systemRole: 'admin', memberships: [role(theirs, 'admin')] });
  const OURS = ['ours about anna', 'ours anna', 'ours ben'];
  const THEIRS = ['theirs anna', 'theirs cleo', 'theirs system'];

  it.each<[string, () => ReturnType<typeof reachOfRoles>, string[]]>([
    ['its administrator', () => reachOfRoles(reader({ memberships: [role(ours, 'admin')] })), OURS],
    ['a member', () => reachOfRoles(reader()), ['ours about anna', 'ours anna']],
    ['a stranger', () => reachOfRoles(reader({ organizationId: theirs.organizationId })), ['theirs anna']],
    ['somebody without entries', () => reachOfRoles(reader({ userId: 'user_dora' })), []],
    ['all that somebody belongs to', () => reachOfMemberships(mixed()), [...OURS.slice(0, 2), ...THEIRS]],
    ['somebody who belongs nowhere', () => reachOfMemberships(reader({ memberships: [] })), []],
    ['the instance, sandboxes apart', () => reachOfRoles(instance()), [...OURS, ...THEIRS]],
    ['one organization of an instance', () => reachOfOrganization(instance()), OURS.slice(0, 2)],
  ])('shows %s what is theirs to read', async (_, reach, expected) => {
    expect(names(await read(reach()))).toEqual(expected);
  });

  it.each<[string, () => AuditFilter, string[]]>([
    ['actions', () => ({ actions: ['project.updated', 'member.role_changed'] }), OURS.toSpliced(1, 1)],
    ['no action', () => ({ actions: [] }), []],
    ['an organization', () => ({ organizationId: theirs.organizationId }), THEIRS],
    ['a sandbox', () => ({ organizationId: twin.organizationId }), []],
    ['a project', () => ({ projectId: 'proj_1' }), ['ours about anna']],
    ['a person, by key and login', () => ({ userId: 'user_ben' }), ['ours about anna', 'ours ben']],
    ['a login', () => ({ actorType: 'user' }), ['ours about anna']],
    ['Redoubt itself', () => ({ actorType: 'system', actorId: 'clock' }), ['theirs system']],
    ['a key', () => ({ actorId: 'key of user_cleo' }), ['theirs cleo']],
    ['a kind of thing', () => ({ targetType: 'project' }), ['ours ben']],
    ['a thing', () => ({ targetId: 'proj_1' }), ['ours ben']],
    ['a request', () => ({ requestId: 'theirs cleo' }), ['theirs cleo']],
    ['the past', () => ({ to: new Date(0) }), []],
    ['what is new', () => ({ from: new Date(0) }), [...OURS, ...THEIRS]],
  ])('is filtered by %s', async (_, filter, expected) => {
    expect(names(await read(reachOfRoles(instance()), filter()))).toEqual(expected);
  });

  it('is walked through by cursor, whatever the reach', async () => {
    const found: string[] = [];
    let next: Listing['after'];
    do {
      const page = await service.list(
        reachOfMemberships(mixed()),
        {},
        { ...listing({ page_size: 2 }), after: next },
      );
      expect(page.total).toBe(5);
      found.push(...names(page.rows));
      next = page.next;
    } while (next);
    expect(found.sort()).toEqual([...OURS.slice(0, 2), ...THEIRS]);
  });

  it('names who acted, and nobody where nobody did or the person is gone', async () => {
    const people = (await read(reachOfRoles(instance()))).map(
      ({ requestId, userId, userName, userEmail }) => [...[requestId, userId, userName, userEmail]],
    );
    expect(people).toContainEqual(['ours anna', 'user_anna', 'Anna Ritter', 'anna@example.com']);
    expect(people).toContainEqual(['ours ben', 'user_ben', '', '']);
    expect(people).toContainEqual(['theirs cleo', 'user_cleo', '', '']);
    expect(people).toContainEqual(['theirs system', null, '', '']);
  });

  const detailsOf = ({ requestId, clientAddress, userAgent, methodUsed, details }: AuditRecord) => [
    ...[requestId, clientAddress, userAgent, methodUsed, details],
  ];

  it('opens details to administrators, the address of others to nobody concerned, and nothing to the blind', async () => {
    const blind = (await read(reachOfRoles(instance()))).map(detailsOf);
    expect(blind).toContainEqual(['theirs cleo', '192.0.2.7', 'curl', 'mask', { reason: 'asked' }]);
    expect(blind).toContainEqual(['ours anna', '192.0.2.7', 'curl', 'mask', { reason: 'asked' }]);
    expect(blind).toContainEqual(['ours about anna', null, null, 'mask', { reason: 'asked' }]);
    expect(blind).toContainEqual(['ours ben', null, null, null, null]);
  });

  it('shows no details of an erased organization, and refuses what was tampered with', async () => {
    const gone = await tenants.add();
    await write(gone, { userId: 'user_anna', requestId: 'gone' });
    const reach = reachOfRoles(reader({ ...gone, userId: 'user_anna' }));
    expect((await read(reach)).map(detailsOf)).toEqual([
      ['gone', '192.0.2.7', 'curl', 'mask', { reason: 'asked' }],
    ]);
    await database.dataSource.query('DELETE FROM data_keys WHERE organization_id = $1', [
      gone.organizationId,
    ]);
    service = freshService();
    await expect(read(reach)).rejects.toBeInstanceOf(OpenError);
    await database.dataSource.query('UPDATE organizations SET deleted_at = now() WHERE id = $1', [
      gone.organizationId,
    ]);
    expect((await read(reach)).map(detailsOf)).toEqual([['gone', null, null, null, null]]);
  });

  it('is counted in an index that holds whatever it is filtered by', async () => {
    const plan = await database.dataSource.transaction(async (tx) => {
      await tx.query('SET LOCAL enable_seqscan = off');
      await tx.query('SET LOCAL enable_bitmapscan = off');
      const rows: { 'QUERY PLAN': string }[] = await tx.query(
        `EXPLAIN SELECT count(*) FROM audit_logs
          WHERE organization_id = ANY('{org_a}') AND (user_id = 'user_a' OR subject_user_id = 'user_a')
            AND action = ANY('{a,b}') AND actor_type = 'user' AND target_type = 'project' AND project_id = 'p'`,
      );
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    });
    expect(plan).toContain('Index Only Scan using audit_logs_kinds');
  });
});
