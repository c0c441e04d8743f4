import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { UsersRepository } from '../../accounts/index.js';
import type { InstanceSealing } from '../../crypto/index.js';
import { loadMasterKey } from '../../crypto/testing/test-keys.js';
import { type TestTenant, TestTenants } from '../../crypto/testing/test-tenant.js';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { loadSettings } from '../../platform/config/settings.js';
import { TestDatabase } from '../../platform/database/testing/test-database.js';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { LocalLedgerStore } from '../../platform/storage/local.ledger-store.js';
import { CheckpointPublisher } from '../sequencing/checkpoint-publisher.service.js';
import { InstanceHistory } from '../sequencing/instance-history.service.js';
import { OutsideCheckpoints } from '../sequencing/outside-checkpoints.service.js';
import { OwedHeadsRepository } from '../sequencing/owed-heads.repository.js';
import { PendingRowsRepository } from '../sequencing/pending-rows.repository.js';
import { Quarantine } from '../sequencing/quarantine.service.js';
import { QuarantineEntries } from '../sequencing/quarantine-entries.service.js';
import { SequencingRound } from '../sequencing/sequencing-round.service.js';
import { LogSigner } from '../trees/log-signer.service.js';
import { TreeNodesRepository } from '../trees/tree-nodes.repository.js';
import { TreesRepository } from '../trees/trees.repository.js';

/** Asks without the mapping of entities, which a database of a test here does not know. */
class PlainUsers extends UsersRepository {
  override async findFirstAdministrator(db: Tx): Promise<{ id: string; organizationId: string } | undefined> {
    const sql = 'SELECT id, organization_id AS "organizationId" FROM users ORDER BY number LIMIT 1';
    return (await db.query(sql))[0];
  }
}

/** A database with tenants, and what gives their audit rows a place. */
export class LogWorld {
  readonly trees = new TreesRepository();
  readonly nodes = new TreeNodesRepository();
  readonly pending = new PendingRowsRepository();
  readonly owed = new OwedHeadsRepository();
  /** What lies outside of the database, unless a test says where. */
  readonly folder = mkdtempSync(join(tmpdir(), 'redoubt-log-world-'));
  readonly logger = pino({ level: 'silent' });

  private constructor(
    readonly database: TestDatabase,
    readonly tenants: TestTenants,
    readonly signer: LogSigner,
    readonly instanceSealer: InstanceSealing.InstanceSealer,
  ) {}

  /** @param masterKey in hexadecimal, where others open the keys too */
  static async start(masterKey?: string): Promise<LogWorld> {
    const database = await TestDatabase.start([]);
    const settings = masterKey === undefined ? undefined : loadSettings({ REDOUBT_MASTER_KEY: masterKey });
    const tenants = new TestTenants(database.dataSource, settings && loadMasterKey(settings, false));
    const signer = new LogSigner(await tenants.instanceSigner());
    return new LogWorld(database, tenants, signer, await tenants.instanceSealer());
  }

  get db() {
    return this.database.dataSource.manager;
  }

  query<Row>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    return this.database.dataSource.query(sql, [...values]);
  }

  /** As of another process. */
  rounds(): SequencingRound {
    const { dataSource } = this.database;
    const entries = new QuarantineEntries(
      new AuditWriter(dataSource, this.tenants.sealer()),
      new PlainUsers(),
    );
    const quarantine = new Quarantine(this.trees, this.pending, entries, this.logger);
    const history = new InstanceHistory(this.trees, this.nodes, this.outside());
    const work = new UnitOfWork(dataSource);
    return new SequencingRound(this.pending, this.owed, this.trees, quarantine, history, work);
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

  /** Gives all waiting rows their places, and heads that are owed theirs. */
  async sequence(limit?: number): Promise<void> {
    const rounds = this.rounds();
    while (await rounds.hasWork(this.db)) await rounds.run(limit);
  }

  /** What puts checkpoints into the ledger of a data folder, and a file. */
  publisher(dataDir = this.folder, file?: string): CheckpointPublisher {
    const outside = this.outside(dataDir, file);
    const history = new InstanceHistory(this.trees, this.nodes, outside);
    return new CheckpointPublisher(this.trees, this.signer, history, outside, this.database.dataSource);
  }

  async stop(): Promise<void> {
    rmSync(this.folder, { recursive: true, force: true });
    await this.database.stop();
  }

  outside(dataDir = this.folder, file?: string): OutsideCheckpoints {
    const ledger = new LocalLedgerStore(join(dataDir, 'ledger'));
    const settings = loadSettings(file === undefined ? {} : { REDOUBT_CHECKPOINT_FILE: file });
    return new OutsideCheckpoints(ledger, settings);
  }
}
