import pino from 'pino';
import { TestTenants } from '../../crypto/testing/test-tenant.js';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { TestDatabase } from '../../platform/database/testing/test-database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/http/ids.js';
import type { NewEvent, StoredEvent } from '../../platform/outbox/event.js';
import { testEventOutbox } from '../../platform/outbox/testing/test-event-outbox.js';
import { LedgerStore } from '../../platform/storage/ledger-store.js';
import { DeletedProjects } from './deleted-projects.consumer.js';
import { DestroyedSecrets } from './destroyed-secrets.consumer.js';
import { Destructions } from './destructions.service.js';
import { ErasureCompletion } from './erasure-completion.service.js';
import { ErasureLedger } from './erasure-ledger.service.js';
import { ErasuresRepository } from './erasures.repository.js';

/** Records in memory, and a storage that fails. */
class Records extends LedgerStore {
  readonly kept = new Map<string, Buffer>();
  isDown = false;

  async put(name: string, bytes: Buffer): Promise<void> {
    if (this.isDown) throw new Error('down');
    this.kept.set(name, bytes);
  }
  get = async (name: string): Promise<Buffer | undefined> => this.kept.get(name);
  list = async (folder: string): Promise<string[]> =>
    [...this.kept.keys()].filter((name) => name.startsWith(`${folder}/`)).sort();
}

describe('what is deleted for good', () => {
  let database: TestDatabase;
  let tenants: TestTenants;
  let organizationId: string;
  let ledger: ErasureLedger;
  let unitOfWork: UnitOfWork;
  let projects: DeletedProjects;
  let secrets: DestroyedSecrets;
  const records = new Records();
  const repository = new ErasuresRepository();

  beforeAll(async () => {
    database = await TestDatabase.start([]);
    const { dataSource } = database;
    tenants = new TestTenants(dataSource);
    unitOfWork = new UnitOfWork(dataSource);
    organizationId = (await tenants.add()).organizationId;
    const signer = await tenants.instanceSigner();
    ledger = new ErasureLedger(records, signer, dataSource);
    const audit = new AuditWriter(dataSource, tenants.sealer());
    const completion = new ErasureCompletion(repository, signer, audit, testEventOutbox());
    const logger = pino({ level: 'silent' });
    const destructions = new Destructions(repository, ledger, completion, dataSource, logger);
    projects = new DeletedProjects(destructions);
    secrets = new DestroyedSecrets(destructions);
  });
  afterAll(() => database.stop());
  beforeEach(() => {
    records.isDown = false;
    records.kept.clear();
  });

  const deletion = (projectId: string): NewEvent => ({
    ...{ organizationId, projectId, name: 'project.deleted', data: { project_id: projectId } },
  });
  const tell = async (event: NewEvent, { fails = false } = {}): Promise<void> =>
    unitOfWork.run(async (tx) => {
      await testEventOutbox(projects, secrets).append(event, tx);
      expect(records.kept.size).toBe(0);
      if (fails) throw new Error('rolled back');
    });
  const stored = async (): Promise<StoredEvent> =>
    (
      await database.dataSource.query(
        `SELECT id, organization_id AS "organizationId", project_id AS "projectId", name, data, created_at AS "createdAt"
         FROM events ORDER BY id DESC LIMIT 1`,
      )
    )[0];
  const entered = async () => {
    const [id = ''] = await ledger.ids();
    return ledger.read(id);
  };

  it('is in the ledger when whoever deleted it is answered', async () => {
    const projectId = newId('proj');
    await tell(deletion(projectId));
    expect(await entered()).toMatchObject({ organizationId, subject: { projectId } });
    await unitOfWork.run(async (tx) => projects.handle(await stored(), tx));
    expect(await ledger.ids()).toEqual([projectId.replace('proj_', 'erasure_')]);
  });

  it('is not where it was not deleted after all', async () => {
    await expect(tell(deletion(newId('proj')), { fails: true })).rejects.toThrow('rolled back');
    expect(records.kept.size).toBe(0);
  });

  it('is later where the ledger does not answer, and whoever deleted it is answered', async () => {
    records.isDown = true;
    const projectId = newId('proj');
    await tell(deletion(projectId));
    const handle = async () => {
      const event = await stored();
      await unitOfWork.run((tx) => projects.handle(event, tx));
    };
    await expect(handle()).rejects.toThrow('down');
    records.isDown = false;
    await handle();
    expect(await entered()).toMatchObject({ subject: { projectId } });
    const row = await repository.find(
      organizationId,
      projectId.replace('proj_', 'erasure_'),
      database.dataSource.manager,
    );
    expect(row).toMatchObject({ status: 'completed', counts: { projects: 1 }, projectId });
  });

  it.each([
    ['an environment', 'environment.deleted', { environmentId: 'env_1' }, 'environments'],
    [
      'a version of a variable',
      'variable.destroyed',
      { variableId: 'var_1', version: 2, destroyedBy: 'user_1' },
      'variable_versions',
    ],
  ])('may be %s', async (_, name, subject, kind) => {
    const data = { environment_id: 'env_1', variable_id: 'var_1', version: 2, destroyed_by: 'user_1' };
    await tell({ organizationId, name, data });
    const entry = await entered();
    expect(entry).toMatchObject({ organizationId, subject });
    await unitOfWork.run(async (tx) => secrets.handle(await stored(), tx));
    expect(await ledger.ids()).toEqual([entry?.id]);
    const row = await repository.find(organizationId, entry?.id ?? '', database.dataSource.manager);
    expect(row).toMatchObject({ ...subject, status: 'completed', counts: { [kind]: 1 } });
  });
});
