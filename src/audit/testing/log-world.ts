import type { TestTenant } from '../../crypto/testing/test-tenant.js';
import { TestTenants } from '../../crypto/testing/test-tenant.js';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { TestDatabase } from '../../platform/database/testing/test-database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { PendingRowsRepository } from '../sequencing/pending-rows.repository.js';
import { SequencingRound } from '../sequencing/sequencing-round.service.js';
import { LogSigner } from '../trees/log-signer.service.js';
import { TreeNodesRepository } from '../trees/tree-nodes.repository.js';
import { TreesRepository } from '../trees/trees.repository.js';

/** A database with tenants, and what gives their audit rows a place. */
export class LogWorld {
  readonly trees = new TreesRepository();
  readonly nodes = new TreeNodesRepository();
  readonly pending = new PendingRowsRepository();

  private constructor(
    readonly database: TestDatabase,
    readonly tenants: TestTenants,
    readonly signer: LogSigner,
  ) {}

  static async start(): Promise<LogWorld> {
    const database = await TestDatabase.start([]);
    const tenants = new TestTenants(database.dataSource);
    return new LogWorld(database, tenants, new LogSigner(await tenants.instanceSigner()));
  }

  get db() {
    return this.database.dataSource.manager;
  }

  query<Row>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    return this.database.dataSource.query(sql, [...values]);
  }

  /** As of another process. */
  rounds(): SequencingRound {
    return new SequencingRound(this.pending, this.trees, new UnitOfWork(this.database.dataSource));
  }

  /** Writes rows, all in one statement. */
  async write(
    { organizationId, sealer }: Pick<TestTenant, 'organizationId' | 'sealer'>,
    count: number,
  ): Promise<void> {
    const writer = new AuditWriter(this.database.dataSource, sealer);
    const entries = await Promise.all(
      Array.from({ length: count }, (_, at) =>
        writer.prepare({
          ...{ organizationId, actor: { type: 'user', id: 'user_1' }, action: 'text.processed' },
          ...{ requestId: `req_${at}`, counts: { entities: at } },
        }),
      ),
    );
    await this.database.dataSource.transaction((tx) => writer.appendMany(entries, tx));
  }

  /** Gives all waiting rows their places. */
  async sequence(limit?: number): Promise<void> {
    while (await this.pending.hasAny(this.db)) await this.rounds().run(limit);
  }

  stop(): Promise<void> {
    return this.database.stop();
  }
}
