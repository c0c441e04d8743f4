import { DataSource } from 'typeorm';
import { TestTenants } from '../../crypto/testing/test-tenant.js';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { TestDatabase } from '../../platform/database/testing/test-database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { testCaller } from '../../platform/http/testing/test-caller.js';
import { GuessesRepository } from './guesses.repository.js';
import { VaultGuesses } from './guesses.service.js';

describe('guesses at values', () => {
  let database: TestDatabase;
  let tenants: TestTenants;
  const others: DataSource[] = [];

  beforeAll(async () => {
    database = await TestDatabase.start([]);
    tenants = new TestTenants(database.dataSource);
  });
  afterAll(async () => {
    for (const other of others) await other.destroy();
    await database.stop();
  });

  /** Another process: its own connections. */
  async function newProcess(): Promise<VaultGuesses> {
    const dataSource = await new DataSource(database.dataSource.options).initialize();
    others.push(dataSource);
    const audit = new AuditWriter(dataSource, tenants.sealer());
    return new VaultGuesses(new GuessesRepository(), audit, new UnitOfWork(dataSource));
  }

  const entriesOf = (organizationId: string) =>
    database.dataSource.query(
      "SELECT user_id, counts FROM audit_logs WHERE organization_id = $1 AND action = 'vault.guessed'",
      [organizationId],
    );

  it('are counted together by all processes, whatever comes at once', async () => {
    const { organizationId, userId } = await tenants.add();
    const caller = testCaller(organizationId, userId);
    const processes = [await newProcess(), await newProcess()];
    const notes = Array.from({ length: 40 }, (_, index) => processes[index % 2]?.note(caller, 1));
    const outcomes = await Promise.allSettled(notes);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'TOO_MANY_GUESSES', row: { status: 429 }, retryAfterSeconds: expect.any(Number) },
    });
    expect(await entriesOf(organizationId)).toEqual([{ user_id: userId, counts: { guesses: 21 } }]);
  });

  it('are counted for each organization of a user by itself, and stop at a number that cannot overflow', async () => {
    const [first, second] = [await tenants.add(), await tenants.add()];
    const guesses = await newProcess();
    for (let round = 0; round < 3; round++)
      await expect(guesses.note(testCaller(first.organizationId, 'user_x'), 900_000)).rejects.toThrow();
    expect(await guesses.note(testCaller(second.organizationId, 'user_x'), 20)).toBeUndefined();
    const counts = await database.dataSource.query(
      "SELECT count FROM vault_guesses WHERE user_id = 'user_x' ORDER BY count",
    );
    expect(counts).toEqual([{ count: 20 }, { count: 1_000_000 }]);
    expect(await entriesOf(first.organizationId)).toHaveLength(1);
  });

  it('are not written down for those who make none', async () => {
    const { organizationId, userId } = await tenants.add();
    await (await newProcess()).note(testCaller(organizationId, userId), 0);
    const rows = await database.dataSource.query('SELECT 1 FROM vault_guesses WHERE organization_id = $1', [
      organizationId,
    ]);
    expect(rows).toEqual([]);
  });
});
