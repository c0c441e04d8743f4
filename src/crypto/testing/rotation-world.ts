import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { loadSettings, type Settings } from '../../platform/config/settings.js';
import { TestDatabase } from '../../platform/database/testing/test-database.js';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/http/ids.js';
import type { Job, Task } from '../../platform/queue/job.js';
import { InstanceSealer } from '../instance-sealer.service.js';
import { KeySetUp } from '../key-set-up.service.js';
import { MasterKeySuccession } from '../master-key-succession.service.js';
import { MasterKeys } from '../master-keys.js';
import { MasterKeysRepository } from '../master-keys.repository.js';
import type { KeyRotation } from '../rotation/key-rotation.js';
import { MasterRotation } from '../rotation/master-rotation.service.js';
import { MasterWrappersRepository } from '../rotation/master-wrappers.repository.js';
import { OrganizationRotation } from '../rotation/organization-rotation.service.js';
import { OrganizationWrappersRepository } from '../rotation/organization-wrappers.repository.js';
import { RotationSteps } from '../rotation/rotation-steps.service.js';
import { SealerService } from '../sealer.service.js';
import { TestKeys } from './test-keys.js';

/** What one process has: the master keys of its settings as it found them at its start, and no opened key. */
export class RotationProcess {
  readonly keys: TestKeys;
  readonly sealer: SealerService;
  readonly instanceSealer: InstanceSealer;
  readonly organizations: OrganizationRotation;
  readonly masters: MasterRotation;
  readonly succession: MasterKeySuccession;
  private readonly steps: RotationSteps;
  private readonly unitOfWork: UnitOfWork;

  constructor({ dataSource }: TestDatabase, settings: Settings) {
    this.keys = new TestKeys(MasterKeys.load(settings));
    this.sealer = new SealerService(this.keys.keyRing);
    this.instanceSealer = new InstanceSealer(this.keys.instanceKeyRing);
    const rows = new MasterKeysRepository();
    this.succession = new MasterKeySuccession(rows, settings);
    this.organizations = new OrganizationRotation(new OrganizationWrappersRepository(), this.keys.keyRing);
    const wrappers = new MasterWrappersRepository();
    this.masters = new MasterRotation(wrappers, this.keys.masters, rows, this.succession);
    this.unitOfWork = new UnitOfWork(dataSource);
    this.steps = new RotationSteps(this.unitOfWork, new AuditWriter(dataSource, this.sealer));
  }

  setUp(): Promise<void> {
    const { masters, keyRing, instanceKeyRing } = this.keys;
    const setUp = new KeySetUp(masters, keyRing, instanceKeyRing, this.succession);
    return this.write((tx) => setUp.run(tx));
  }

  write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.unitOfWork.run(work);
  }

  async addOrganization(): Promise<string> {
    const id = newId('org');
    await this.write(async (tx) => {
      await tx.query('INSERT INTO organizations (id, name) VALUES ($1, $2)', [id, 'Test']);
      await this.keys.keyRing.createOrganizationKeys(id, tx);
    });
    return id;
  }

  begin(rotation: KeyRotation, organizationId: string) {
    return this.write((tx) => rotation.begin(organizationId, tx));
  }

  /** What a worker does with the rotation's task. */
  async work(rotation: KeyRotation, organizationId: string): Promise<void> {
    const target = rotation === this.masters ? 'master' : 'organization';
    const { signal } = new AbortController();
    const task = { organizationId } as Task;
    const job = { id: newId('job'), createdBy: newId('user') } as Job;
    const context = { task, job, input: {}, signal, log: async () => {} };
    const effect = await this.steps.run(context, rotation, target);
    await this.write(effect);
  }

  settle(): Promise<void> {
    return this.write((tx) => this.succession.settle(tx));
  }
}

/** A database and a data folder that processes share. */
export class RotationWorld {
  readonly folder = mkdtempSync(join(tmpdir(), 'redoubt-rotation-'));

  private constructor(readonly database: TestDatabase) {}

  static async start(): Promise<RotationWorld> {
    return new RotationWorld(await TestDatabase.start([]));
  }

  /** Without keys in its environment it keeps them in the data folder. */
  settings(env: NodeJS.ProcessEnv = {}): Settings {
    return loadSettings({ REDOUBT_DATA_DIR: this.folder, ...env });
  }

  /** A process that starts now. @throws StartError as set-up does */
  async startProcess(env: NodeJS.ProcessEnv = {}): Promise<RotationProcess> {
    const settings = this.settings(env);
    KeySetUp.makeMasterKey(settings);
    const process = new RotationProcess(this.database, settings);
    await process.setUp();
    return process;
  }

  get db(): Tx {
    return this.database.dataSource.manager;
  }

  /** An instance that was never started: no keys, no organizations. */
  async reset(): Promise<void> {
    await this.db.query('TRUNCATE organizations, master_keys CASCADE');
    for (const name of ['master-key', 'master-key.next']) rmSync(join(this.folder, name), { force: true });
  }

  async stop(): Promise<void> {
    await this.database.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
