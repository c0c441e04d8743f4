import { AuditWriter } from '../../platform/audit/audit.writer.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/http/ids.js';
import type { Principal } from '../../platform/http/principal.js';
import type { Caller } from '../../platform/http/request-context.js';
import { TaskOutbox } from '../../platform/outbox/task-outbox.js';
import type { Job } from '../../platform/queue/job.js';
import { JobsRepository } from '../../platform/queue/jobs.repository.js';
import { JobsWriter } from '../../platform/queue/jobs.writer.js';
import { TasksRepository } from '../../platform/queue/tasks.repository.js';
import { type RotationProcess, RotationWorld } from '../testing/rotation-world.js';
import type { RotationTarget } from './key-rotation.task.js';
import { KeyRotationsRepository } from './key-rotations.repository.js';
import { KeyRotationsService } from './key-rotations.service.js';

describe('asking for a rotation', () => {
  let world: RotationWorld;
  let process: RotationProcess;
  let admin: Caller;

  beforeAll(async () => {
    world = await RotationWorld.start();
  });
  afterAll(() => world.stop());
  beforeEach(async () => {
    await world.reset();
    process = await world.startProcess();
    admin = await addCaller('admin');
  });

  async function addCaller(systemRole: Principal['systemRole']): Promise<Caller> {
    const organizationId = await process.addOrganization();
    const userId = newId('user');
    await world.db.query('INSERT INTO users (id, organization_id, system_role) VALUES ($1, $2, $3)', [
      userId,
      organizationId,
      systemRole,
    ]);
    const credential = { kind: 'api_key', id: newId('key') };
    const principal = { organizationId, userId, systemRole, credential };
    return { principal, requestId: newId('req'), clientAddress: '127.0.0.1' } as Caller;
  }

  const service = (of = process): KeyRotationsService => {
    const audit = new AuditWriter(world.database.dataSource, of.sealer);
    const rows = new JobsRepository();
    const jobs = new JobsWriter(rows, new TasksRepository(), new TaskOutbox(), audit);
    return new KeyRotationsService(new KeyRotationsRepository(), of.organizations, of.masters, jobs, rows);
  };

  const rotate = (caller: Caller, target: RotationTarget, of = process): Promise<Job> =>
    of.write((tx: Tx) => service(of).rotate(caller, target, tx));

  const end = (status: string) => world.db.query('UPDATE jobs SET status = $1', [status]);

  const refused = (code: string) => ({ code });

  it('makes a job with the new key, and what it is to wrap', async () => {
    const job = await rotate(admin, 'organization');
    const [{ id }] = await world.db.query(
      'SELECT id FROM organization_keys WHERE organization_id = $1 ORDER BY version DESC LIMIT 1',
      [admin.principal.organizationId],
    );
    expect(job).toMatchObject({ type: 'key_rotation', reference: { target: 'organization', key_id: id } });
    expect(job.itemsTotal).toBeGreaterThan(10);
    const tasks = await world.db.query('SELECT type FROM tasks WHERE job_id = $1', [job.id]);
    expect(tasks).toEqual([{ type: 'key_rotation.organization' }]);
  });

  it('is refused while the same is being rotated, of several processes too', async () => {
    const others = await Promise.all([world.startProcess(), world.startProcess(), world.startProcess()]);
    for (const target of ['organization', 'master'] as const) {
      const asked = await Promise.allSettled(others.map((other) => rotate(admin, target, other)));
      expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const one of asked)
        if (one.status === 'rejected') expect(one.reason).toMatchObject(refused('KEY_ROTATION_RUNNING'));
      await expect(rotate(admin, target)).rejects.toMatchObject(refused('KEY_ROTATION_RUNNING'));
    }
    const stranger = await addCaller('admin');
    await expect(rotate(stranger, 'master')).rejects.toMatchObject(refused('KEY_ROTATION_RUNNING'));
    await expect(rotate(stranger, 'organization')).resolves.toBeDefined();
  });

  it.each(['failed', 'cancelled'])('goes on with the same key after a rotation that %s', async (status) => {
    for (const target of ['organization', 'master'] as const) {
      const first = await rotate(admin, target);
      await end(status);
      expect((await rotate(admin, target)).reference).toEqual(first.reference);
      await end(status);
    }
  });

  it('takes administrators of the instance for the master key', async () => {
    const user = await addCaller('user');
    await expect(rotate(user, 'master')).rejects.toMatchObject(refused('PERMISSION_DENIED'));
    await expect(rotate(user, 'organization')).resolves.toBeDefined();
    expect(await world.db.query('SELECT id FROM master_keys')).toHaveLength(1);
  });
});
