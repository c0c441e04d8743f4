import { DataSource } from 'typeorm';
import { TestTenants } from '../../crypto/testing/test-tenant.js';
import { TestDatabase } from '../../platform/database/testing/test-database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/http/ids.js';
import { ProjectEntity, ProjectsRepository } from '../../projects/index.js';
import type { TokenScope } from '../tokens/project-tokens.js';
import { TokenEntrySealer } from '../tokens/token-entry.sealer.js';
import { TokenIssuer } from '../tokens/token-issuer.service.js';
import { TokenProjects } from '../tokens/token-projects.service.js';
import { TokenScopesRepository } from '../tokens/token-scopes.repository.js';
import { TokenScopes } from '../tokens/token-scopes.service.js';
import { TokensRepository } from '../tokens/tokens.repository.js';
import { TokensService } from '../tokens/tokens.service.js';

/** What one process has of tokens: its own connections, keys and memory. */
export interface TokenProcess {
  readonly scopes: TokenScopes;
  readonly tokens: TokensService;
  readonly projects: TokenProjects;
  readonly work: UnitOfWork;
}

/** Tokens on a real database, as any number of processes see them. */
export class TokenFixture {
  private readonly tenants: TestTenants;
  private readonly others: DataSource[] = [];
  /** A user of each organization. */
  private readonly users = new Map<string, string>();

  private constructor(readonly database: TestDatabase) {
    this.tenants = new TestTenants(database.dataSource);
  }

  static async start(): Promise<TokenFixture> {
    return new TokenFixture(await TestDatabase.start([ProjectEntity]));
  }

  async stop(): Promise<void> {
    for (const other of this.others) await other.destroy();
    await this.database.stop();
  }

  /** Another process on the same database. */
  async process(): Promise<TokenProcess> {
    const dataSource = await new DataSource(this.database.dataSource.options).initialize();
    this.others.push(dataSource);
    const sealer = this.tenants.sealer();
    const work = new UnitOfWork(dataSource);
    const repository = new TokensRepository();
    const scopes = new TokenScopes(new TokenScopesRepository(), sealer, work, dataSource);
    const entries = new TokenEntrySealer(sealer);
    const issuer = new TokenIssuer(scopes, repository, entries);
    const tokens = new TokensService(scopes, issuer, repository, entries, dataSource);
    return {
      scopes,
      tokens,
      projects: new TokenProjects(new ProjectsRepository(), scopes, dataSource),
      work,
    };
  }

  /** A sealer that knows no key yet, as that of another process. */
  sealer(): ReturnType<TestTenants['sealer']> {
    return this.tenants.sealer();
  }

  /** A new organization with its keys. */
  async organization(): Promise<string> {
    const { organizationId, userId } = await this.tenants.add();
    this.users.set(organizationId, userId);
    return organizationId;
  }

  /** A new project. */
  async project(organizationId: string): Promise<string> {
    const id = newId('proj');
    await this.database.dataSource.query(
      'INSERT INTO projects (id, organization_id, name, created_by) VALUES ($1, $2, $3, $4)',
      [id, organizationId, 'Test', this.users.get(organizationId)],
    );
    return id;
  }

  /** The scope of a new project of a new organization. */
  async scope({ scopes }: TokenProcess): Promise<TokenScope> {
    const organizationId = await this.organization();
    return scopes.open(organizationId, await this.project(organizationId));
  }
}
