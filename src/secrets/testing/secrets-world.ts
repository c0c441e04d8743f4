import type { INestApplicationContext, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import pino from 'pino';
import { AccountsModule, UserDirectoryModule, UserEntity, UsersRepository } from '../../accounts/index.js';
import { ApiKeyEntity, AuthModule } from '../../auth/index.js';
import { CryptoModule, KeySetUp } from '../../crypto/index.js';
import {
  MembershipEntity,
  OrganizationEntity,
  OrganizationsModule,
  OrganizationsRepository,
} from '../../organizations/index.js';
import { AuditWriterModule } from '../../platform/audit/audit.module.js';
import { loadSettings } from '../../platform/config/settings.js';
import { SettingsModule } from '../../platform/config/settings.module.js';
import { ConfigsModule } from '../../platform/configs/configs.module.js';
import { DatabaseModule } from '../../platform/database/database.module.js';
import { TestDatabase } from '../../platform/database/testing/test-database.js';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/http/ids.js';
import type { OrganizationRole } from '../../platform/http/permission.js';
import type { Caller } from '../../platform/http/request-context.js';
import { Tenancy } from '../../platform/http/tenancy.service.js';
import { IdempotencyModule } from '../../platform/idempotency/idempotency.module.js';
import { MailModule } from '../../platform/mail/mail.module.js';
import { QueueModule } from '../../platform/queue/queue.module.js';
import { LoggerModule } from '../../platform/telemetry/logger.module.js';
import { TenantsModule } from '../../platform/tenants/tenants.module.js';
import { ProjectEntity, ProjectsModule, ProjectsRepository } from '../../projects/index.js';
import { EnvironmentChangesService } from '../environments/environment-changes.service.js';
import { SecretsModule } from '../secrets.module.js';
import { BulkChangesService } from '../variables/bulk-changes.service.js';
import { EnvironmentVariables } from '../variables/environment-variables.service.js';
import type { Variable } from '../variables/variable.js';

class World {}

const MASTER_KEY = '0123456789abcdef'.repeat(4);

const compositionOf = (databaseUrl: string) => {
  const environment = { DATABASE_URL: databaseUrl, REDOUBT_MASTER_KEY: MASTER_KEY };
  return {
    module: World,
    imports: [
      SettingsModule.forRoot(loadSettings(environment)),
      LoggerModule.forRoot(pino({ level: 'silent' })),
      DatabaseModule.forRoot([ApiKeyEntity, MembershipEntity, OrganizationEntity, ProjectEntity, UserEntity]),
      ...[AuditWriterModule, MailModule, ConfigsModule, IdempotencyModule, TenantsModule, QueueModule],
      ...[CryptoModule, AuthModule, UserDirectoryModule, AccountsModule, OrganizationsModule],
      ...[ProjectsModule, SecretsModule],
    ],
  };
};

/** The module with all it stands on, on a database of its own. */
export class SecretsWorld {
  private constructor(
    readonly database: TestDatabase,
    private readonly app: INestApplicationContext,
  ) {}

  static async open(): Promise<SecretsWorld> {
    const database = await TestDatabase.start([]);
    const app = await NestFactory.createApplicationContext(compositionOf(database.url), { logger: false });
    const world = new SecretsWorld(database, app);
    await world.run((tx) => world.get(KeySetUp).run(tx));
    return world;
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.database.stop();
  }

  get<T>(provider: Type<T>): T {
    return this.app.get(provider, { strict: false });
  }

  run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.get(UnitOfWork).run(work);
  }

  query<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.database.dataSource.query(sql, parameters);
  }

  /** An organization, and its first administrator. */
  async addOrganization(name = 'Test'): Promise<Caller> {
    const organizationId = newId('org');
    await this.run(async (tx) => {
      await this.get(OrganizationsRepository).insert({ id: organizationId, name }, tx);
      await this.get(KeySetUp).createOrganizationKeys(organizationId, tx);
    });
    return this.addMember(organizationId, 'admin');
  }

  /** Somebody who has logged in; with a role they are a member. */
  async addMember(organizationId: string, role?: OrganizationRole): Promise<Caller> {
    const userId = newId('user');
    await this.run((tx) =>
      this.get(UsersRepository).insert(
        { id: userId, organizationId, systemRole: 'user', nameSealed: null },
        tx,
      ),
    );
    const principal = {
      ...{ userId, organizationId, role, memberships: role ? [{ organizationId, role }] : [] },
      ...{ systemRole: 'user', defaultProjectId: undefined, mode: 'live', scopes: ['*'], plan: 'unlimited' },
      credential: { kind: 'user', id: userId, tokenId: 'token' },
    };
    const request = { requestId: newId('req'), clientAddress: '127.0.0.1', userAgent: 'test' };
    return { principal, ...request, answerTime: () => new Date() } as unknown as Caller;
  }

  async addProject({ principal }: Caller, name: string): Promise<string> {
    const { organizationId, userId: createdBy } = principal;
    const id = newId('proj');
    await this.run((tx) => this.get(ProjectsRepository).insert({ id, organizationId, name, createdBy }, tx));
    return id;
  }

  async addEnvironment(
    caller: Caller,
    projectId: string,
    name: string,
    values: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const settings = { name, type: 'testing', description: null } as const;
    const changes = this.get(EnvironmentChangesService);
    const { id } = await this.run((tx) => changes.createEnvironment(caller, projectId, settings, tx));
    if (Object.keys(values).length > 0) await this.set(caller, id, values);
    return id;
  }

  async set(caller: Caller, id: string, values: Readonly<Record<string, string>>): Promise<void> {
    const wanted = Object.entries(values).map(([key, value]) => ({ key, value }));
    const change = { cause: 'changed', wanted, ifMatch: undefined, reason: undefined } as const;
    await this.run((tx) => this.get(BulkChangesService).apply(caller, id, change, tx));
  }

  /** A share of a project, as somebody has it who was asked to help. */
  async share(projectId: string, { principal }: Caller, role: OrganizationRole): Promise<void> {
    await this.query(
      `INSERT INTO project_shares (id, organization_id, project_id, user_id, role, created_by)
       SELECT $1, organization_id, id, $3, $4, created_by FROM projects WHERE id = $2`,
      [newId('share'), projectId, principal.userId, role],
    );
  }

  async remove(caller: Caller, id: string, unwanted: readonly string[]): Promise<void> {
    const change = { cause: 'changed', wanted: [], unwanted, ifMatch: undefined, reason: undefined } as const;
    await this.run((tx) => this.get(BulkChangesService).apply(caller, id, change, tx));
  }

  /** The caller where the guard takes a request that names the environment. */
  async enter(caller: Caller, id: string): Promise<Caller> {
    const thing = { prefix: 'env', name: id } as const;
    return { ...caller, principal: await this.get(Tenancy).enter(caller.principal, thing) };
  }

  reading(caller: Caller, id: string) {
    return this.get(EnvironmentVariables).readAll(caller, id);
  }

  async variablesOf(caller: Caller, id: string): Promise<readonly Variable[]> {
    return (await this.reading(caller, id)).variables;
  }

  async valuesOf(caller: Caller, id: string): Promise<Record<string, string>> {
    return Object.fromEntries((await this.variablesOf(caller, id)).map(({ key, value }) => [key, value]));
  }

  /** What the audit log says of something. */
  auditOf(targetId: string): Promise<{ action: string; counts: Record<string, number> | null }[]> {
    return this.query('SELECT action, counts FROM audit_logs WHERE target_id = $1 ORDER BY number', [
      targetId,
    ]);
  }

  async actionsOn(targetId: string): Promise<string[]> {
    return (await this.auditOf(targetId)).map(({ action }) => action);
  }
}
