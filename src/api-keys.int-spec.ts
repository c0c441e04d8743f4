import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { UsersRepository } from './accounts/index.js';
import { FirstStartService } from './admin/index.js';
import { ApiKeysService, CredentialsRepository, generateApiKey, hashApiKey } from './auth/index.js';
import { KeySetUp } from './crypto/index.js';
import { OrganizationFounder, OrganizationsRepository } from './organizations/index.js';
import { loadSettings } from './platform/config/settings.js';
import { InitialSchema1764000000000 } from './platform/database/migrations/1764000000000-initial-schema.js';
import { ApiKeys1764205000000 } from './platform/database/migrations/1764205000000-api-keys.js';
import { TestDatabase } from './platform/database/testing/test-database.js';
import { type Tx, UnitOfWork } from './platform/database/unit-of-work.js';
import { AppError } from './platform/errors/app-error.js';
import { Authenticator } from './platform/http/access.guard.js';
import { newId } from './platform/http/ids.js';
import type { Listing } from './platform/http/listing.js';
import type { Principal } from './platform/http/principal.js';
import type { Caller } from './platform/http/request-context.js';
import { ProjectsRepository } from './projects/index.js';
import { SetupAppModule } from './setup.module.js';

const FIRST_KEY = generateApiKey();
const ALL: Listing = {
  page: { number: 1, size: 100, offset: 0 },
  sort: 'created_at',
  order: 'desc',
  after: undefined,
};

let database: TestDatabase;
let app: INestApplicationContext;
let keys: ApiKeysService;

beforeAll(async () => {
  database = await TestDatabase.start([]);
  app = await start();
  await app.get(FirstStartService, { strict: false }).run();
  keys = app.get(ApiKeysService);
});
afterAll(async () => {
  await app.close();
  await database.stop();
});

const MASTER_KEY = randomBytes(32).toString('hex');

/** What a process knows of keys, without its HTTP. */
const start = (): Promise<INestApplicationContext> =>
  NestFactory.createApplicationContext(
    SetupAppModule.forRoot(
      loadSettings({
        DATABASE_URL: database.url,
        REDOUBT_MASTER_KEY: MASTER_KEY,
        REDOUBT_ADMIN_KEY: FIRST_KEY,
      }),
    ),
    { logger: false },
  );

const run = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => app.get(UnitOfWork).run(work);

const authenticate = (key: string, ip = '127.0.0.1', at = app): Promise<Principal> =>
  at.get(Authenticator).authenticate({ headers: { authorization: `Bearer ${key}` }, ip });

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );

interface Tenant {
  readonly organizationId: string;
  readonly projectId: string;
}

async function addTenant(): Promise<Tenant> {
  const [organizationId, projectId, owner] = [newId('org'), newId('proj'), newId('user')];
  await run(async (tx) => {
    await app
      .get(OrganizationsRepository, { strict: false })
      .insert({ id: organizationId, name: 'Test' }, tx);
    await app.get(KeySetUp).createOrganizationKeys(organizationId, tx);
    await app
      .get(UsersRepository)
      .insert({ id: owner, organizationId, systemRole: 'admin', nameSealed: null }, tx);
    const project = { id: projectId, organizationId, name: 'Test', createdBy: owner };
    await app.get(ProjectsRepository).insert(project, tx);
  });
  return { organizationId, projectId };
}

/** A caller of a new user. */
async function addCaller(
  { organizationId }: Tenant,
  systemRole: Principal['systemRole'],
  more: Partial<Principal> = {},
): Promise<Caller> {
  const userId = newId('user');
  const role = systemRole === 'admin' ? 'admin' : 'editor';
  await run(async (tx) => {
    await app.get(UsersRepository).insert({ id: userId, organizationId, systemRole, nameSealed: null }, tx);
    await app.get(OrganizationFounder, { strict: false }).admit(organizationId, userId, role, tx);
  });
  const principal: Principal = {
    userId,
    organizationId,
    role,
    memberships: [],
    systemRole,
    defaultProjectId: undefined,
    mode: 'live',
    scopes: ['*'],
    plan: 'unlimited',
    credential: { kind: 'api_key', id: newId('key') },
    ...more,
  };
  const request = { requestId: newId('req'), clientAddress: '127.0.0.1', userAgent: 'test' };
  return { principal, ...request } as Caller;
}

const make = (caller: Caller, more: object = {}) =>
  run((tx) => keys.createKey(caller, { name: 'Test', scopes: ['detect'], ...more }, tx));

/** Everything that can be done to a key by its id. */
const actionsOn = (caller: Caller, id: string): Promise<unknown>[] => [
  keys.getKey(caller, id),
  run((tx) => keys.updateKey(caller, id, { name: 'Mine now' }, tx)),
  run((tx) => keys.rotateKey(caller, id, 0, tx)),
  run((tx) => keys.revokeKey(caller, id, tx)),
];

describe('the keys of another tenant', () => {
  it('cannot be seen, changed, rotated, revoked or listed, nor its projects used', async () => {
    const [mine, theirs] = [await addTenant(), await addTenant()];
    const [me, they] = [await addCaller(mine, 'admin'), await addCaller(theirs, 'admin')];
    const { id, key } = await make(they);
    for (const action of actionsOn(me, id)) expect(await codeOf(action)).toBe('NOT_FOUND');
    const { total } = await keys.listKeys(me, { userId: they.principal.userId }, ALL);
    expect(total).toBe(0);
    expect(await codeOf(make(me, { defaultProjectId: theirs.projectId }))).toBe('NOT_FOUND');
    const own = await make(me, { defaultProjectId: mine.projectId });
    const change = { defaultProjectId: theirs.projectId };
    expect(await codeOf(run((tx) => keys.updateKey(me, own.id, change, tx)))).toBe('NOT_FOUND');
    expect((await authenticate(key)).organizationId).toBe(theirs.organizationId);
    expect((await keys.getKey(they, id)).name).toBe('Test');
  });
});

describe('within an organization', () => {
  it('others see their own keys only, an administrator all', async () => {
    const tenant = await addTenant();
    const [ada, bob, admin] = [
      await addCaller(tenant, 'user'),
      await addCaller(tenant, 'user'),
      await addCaller(tenant, 'admin'),
    ];
    const { id } = await make(ada);
    await make(bob);
    for (const action of actionsOn(bob, id)) expect(await codeOf(action)).toBe('NOT_FOUND');
    expect((await keys.listKeys(bob, {}, ALL)).rows.map(({ userId }) => userId)).toEqual([
      bob.principal.userId,
    ]);
    expect((await keys.listKeys(admin, {}, ALL)).total).toBe(2);
    expect(await codeOf(run((tx) => keys.rotateKey(admin, id, 0, tx)))).toBe('KEY_OF_ANOTHER_USER');
    expect((await run((tx) => keys.updateKey(admin, id, { plan: 'secureai_free' }, tx))).plan).toBe(
      'secureai_free',
    );
    await run((tx) => keys.revokeKey(admin, id, tx));
    expect((await keys.getKey(ada, id)).status).toBe('revoked');
  });

  it('plans and limits are the administrators’, and no plan is inherited', async () => {
    const tenant = await addTenant();
    const [user, admin] = [await addCaller(tenant, 'user'), await addCaller(tenant, 'admin')];
    const own = await make(user);
    expect(own.plan).toBe('secureai_standard');
    for (const given of [{ plan: 'unlimited' }, { plan: own.plan }, { limits: {} }, { limits: null }]) {
      expect(await codeOf(make(user, given))).toBe('PLAN_NOT_ASSIGNABLE');
      expect(await codeOf(run((tx) => keys.updateKey(user, own.id, given, tx)))).toBe('PLAN_NOT_ASSIGNABLE');
    }
    expect((await make(admin)).plan).toBe('secureai_standard');
    expect((await make(admin, { plan: 'unlimited' })).plan).toBe('unlimited');
  });

  it('a project that was archived can be no default project', async () => {
    const tenant = await addTenant();
    const admin = await addCaller(tenant, 'admin');
    await database.dataSource.query(`UPDATE projects SET status = 'archived' WHERE id = $1`, [
      tenant.projectId,
    ]);
    expect(await codeOf(make(admin, { defaultProjectId: tenant.projectId }))).toBe('NOT_FOUND');
  });
});

describe('a change of a key', () => {
  it('holds in another process from its next request on', async () => {
    const other = await start();
    try {
      const admin = await addCaller(await addTenant(), 'admin');
      const { id, key } = await make(admin, { plan: 'unlimited' });
      const seen = () => authenticate(key, '10.0.0.1', other);
      expect(await seen()).toMatchObject({ plan: 'unlimited', limits: undefined, scopes: ['detect'] });
      const change = { plan: 'secureai_free', limits: { per_minute: 3 }, scopes: ['batch'] } as const;
      await run((tx) => keys.updateKey(admin, id, change, tx));
      expect(await seen()).toMatchObject(change);
      await run((tx) => keys.updateKey(admin, id, { allowedNetworks: ['192.0.2.0/24'] }, tx));
      expect(await codeOf(seen())).toBe('NETWORK_NOT_ALLOWED');
      await run((tx) => keys.updateKey(admin, id, { allowedNetworks: [] }, tx));
      const rotated = await run((tx) => keys.rotateKey(admin, id, 0, tx));
      expect(await codeOf(seen())).toBe('UNAUTHENTICATED');
      expect((await authenticate(rotated.key, '10.0.0.1', other)).plan).toBe('secureai_free');
      await run((tx) => keys.revokeKey(admin, id, tx));
      expect(await codeOf(authenticate(rotated.key, '10.0.0.1', other))).toBe('UNAUTHENTICATED');
    } finally {
      await other.close();
    }
  });

  it('ends with its user', async () => {
    const user = await addCaller(await addTenant(), 'user');
    const { key } = await make(user);
    expect((await authenticate(key)).userId).toBe(user.principal.userId);
    await database.dataSource.query('UPDATE users SET disabled_at = now() WHERE id = $1', [
      user.principal.userId,
    ]);
    expect(await codeOf(authenticate(key))).toBe('UNAUTHENTICATED');
  });
});

describe('the last use of keys', () => {
  const lastUses = async (ids: readonly string[]): Promise<(Date | null)[]> =>
    (
      await database.dataSource.query('SELECT last_used_at FROM api_keys WHERE id = ANY($1) ORDER BY id', [
        ids,
      ])
    ).map(({ last_used_at }: { last_used_at: Date | null }) => last_used_at);

  it('is noted by several processes at once, without one waiting for the other in a circle', async () => {
    const others = [await start(), await start(), await start()];
    const user = await addCaller(await addTenant(), 'user');
    const made = await Promise.all(Array.from({ length: 60 }, () => make(user)));
    const before = Date.now();
    await Promise.all(
      others.map(async (process, index) => {
        const order = index % 2 === 0 ? made : made.toReversed();
        await Promise.all(order.map(({ key }) => authenticate(key, '127.0.0.1', process)));
        await process.close();
      }),
    );
    const uses = await lastUses(made.map(({ id }) => id));
    expect(uses).toHaveLength(60);
    for (const use of uses) expect(use?.getTime()).toBeGreaterThanOrEqual(before);
  });

  it('fails no request when it cannot be written, and is written later', async () => {
    const user = await addCaller(await addTenant(), 'user');
    const [first, second] = [await make(user), await make(user)];
    await database.dataSource.query('ALTER TABLE api_keys RENAME COLUMN last_used_at TO gone');
    try {
      const principals = await Promise.all(Array.from({ length: 5 }, () => authenticate(first.key)));
      expect(principals).toHaveLength(5);
      await sleep(1000);
    } finally {
      await database.dataSource.query('ALTER TABLE api_keys RENAME COLUMN gone TO last_used_at');
    }
    expect(await lastUses([first.id])).toEqual([null]);
    await authenticate(second.key);
    await sleep(1500);
    expect(await lastUses([first.id, second.id])).toEqual([expect.any(Date), expect.any(Date)]);
  });
});

describe('a secret that was rotated away', () => {
  it('stays known as such, so that a start with it stops instead of bringing it back', async () => {
    const principal = await authenticate(FIRST_KEY);
    const me = { ...(await addCaller(await addTenant(), 'admin')), principal };
    const id = principal.credential.id;
    const startAgain = () => app.get(FirstStartService, { strict: false }).run();
    expect(await startAgain()).toEqual({ newKey: undefined });
    await run((tx) => keys.rotateKey(me, id, 600, tx));
    await run((tx) => keys.rotateKey(me, id, 0, tx));
    const [row] = await app
      .get(CredentialsRepository)
      .find([hashApiKey(FIRST_KEY)], database.dataSource.manager);
    expect(row).toMatchObject({ id, replaced: true });
    await expect(startAgain()).rejects.toThrow(/REDOUBT_ADMIN_KEY was rotated/);
    expect(await codeOf(authenticate(FIRST_KEY))).toBe('UNAUTHENTICATED');
  });
});

describe('the migration of keys', () => {
  it('loses no secret, upwards or back, not even of a key that was rotated', async () => {
    const runner = database.dataSource.createQueryRunner();
    await runner.query('CREATE SCHEMA older');
    await runner.query('SET search_path TO older');
    try {
      const migration = new ApiKeys1764205000000();
      await new InitialSchema1764000000000().up(runner);
      await runner.query(`INSERT INTO organizations (id, name) VALUES ('org_1', 'Test')`);
      await runner.query(
        `INSERT INTO users (id, organization_id, system_role) VALUES ('user_1', 'org_1', 'admin')`,
      );
      const insert = `
        INSERT INTO api_keys (id, organization_id, user_id, name, hint, hash, scopes, plan)
        VALUES ($1, 'org_1', 'user_1', 'Test', '', $2, '{*}', 'unlimited')`;
      for (const id of ['key_1', 'key_2']) await runner.query(insert, [id, hashApiKey(id)]);
      await migration.up(runner);
      const secrets = await runner.query(
        'SELECT hash, api_key_id, expires_at FROM api_key_secrets ORDER BY 2',
      );
      expect(secrets).toEqual(
        ['key_1', 'key_2'].map((id) => ({ hash: hashApiKey(id), api_key_id: id, expires_at: null })),
      );
      await runner.query(`UPDATE api_key_secrets SET expires_at = now() WHERE api_key_id = 'key_2'`);
      await runner.query(
        `INSERT INTO api_key_secrets (hash, organization_id, api_key_id) VALUES ($1, 'org_1', 'key_2')`,
        [hashApiKey('rotated')],
      );
      await migration.down(runner);
      expect(await runner.query('SELECT id, hash FROM api_keys ORDER BY id')).toEqual([
        { id: 'key_1', hash: hashApiKey('key_1') },
        { id: 'key_2', hash: hashApiKey('rotated') },
      ]);
    } finally {
      await runner.query('RESET search_path');
      await runner.query('DROP SCHEMA older CASCADE');
      await runner.release();
    }
  });
});
