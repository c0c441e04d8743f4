import { randomBytes } from 'node:crypto';
import { DataSource } from 'typeorm';
import { TestTenants } from '../../crypto/testing/test-tenant.js';
import { TestDatabase } from '../../platform/database/testing/test-database.js';
import { FingerprintSearch } from '../../platform/fingerprints/fingerprint-search.js';
import { newId } from '../../platform/http/ids.js';
import { VaultPlanter } from '../testing/vault-planter.js';
import { VariableSealer } from '../variables/variable-sealer.service.js';
import { FingerprintsRepository } from './fingerprints.repository.js';
import { Vault } from './vault.service.js';
import { VaultFingerprints } from './vault-fingerprints.service.js';
import { VaultsRepository } from './vaults.repository.js';

const value = (): string => randomBytes(18).toString('base64url');

describe('the fingerprints of an organization', () => {
  let database: TestDatabase;
  let tenants: TestTenants;
  let planter: VaultPlanter;
  let organizationId: string;
  let projectId: string;
  const others: DataSource[] = [];

  beforeAll(async () => {
    database = await TestDatabase.start([]);
    tenants = new TestTenants(database.dataSource);
    planter = new VaultPlanter(database.dataSource, tenants.sealer());
  });
  afterAll(async () => {
    for (const other of others) await other.destroy();
    await database.stop();
  });
  beforeEach(async () => {
    const { organizationId: id, userId } = await tenants.add();
    organizationId = id;
    projectId = await planter.project(organizationId, userId);
  });

  /** Another process: its own connections, keys and memory; and how many values it has opened. */
  async function newProcess() {
    const dataSource = await new DataSource(database.dataSource.options).initialize();
    others.push(dataSource);
    const sealer = tenants.sealer();
    const variables = new VariableSealer(sealer);
    const open = jest.spyOn(variables, 'open');
    const vault = new Vault(new VaultsRepository(), sealer);
    const process = new VaultFingerprints(new FingerprintsRepository(), vault, variables, dataSource);
    /** The variable whose value a text is; undefined when it is none. */
    const ask = async (text: string): Promise<string | undefined> => {
      const snapshot = await process.of(organizationId);
      if (!snapshot) return undefined;
      const search = new FingerprintSearch(snapshot.fingerprints).find(`a ${text} b`);
      let step = search.next();
      while (step.done !== true) step = search.next();
      const [match] = step.value;
      return match && snapshot.variables[match.number]?.id;
    };
    return { ask, open, of: (id: string) => process.of(id) };
  }

  it('know every change at once, in every process', async () => {
    const processes = [await newProcess(), await newProcess()];
    const all = (text: string) => Promise.all(processes.map(({ ask }) => ask(text)));
    const environment = await planter.environment(organizationId, projectId);
    const [first, second] = [value(), value()];
    expect(await all(first)).toEqual([undefined, undefined]);

    const id = await planter.set(environment, 'A', first);
    expect(await all(first)).toEqual([id, id]);

    await planter.change(environment, id, second);
    expect(await all(first)).toEqual([undefined, undefined]);
    expect(await all(second)).toEqual([id, id]);

    await planter.remove(environment, id);
    expect(await all(second)).toEqual([undefined, undefined]);

    await planter.set(environment, 'B', 'localhost:3000');
    expect(await all('localhost:3000')).toEqual([undefined, undefined]);
    for (const { of } of processes) expect(await of(organizationId)).toBeUndefined();
  });

  it('forget an environment that is gone, and a version that was destroyed', async () => {
    const { ask } = await newProcess();
    const [kept, gone] = [
      await planter.environment(organizationId, projectId),
      await planter.environment(organizationId, projectId),
    ];
    const [first, second] = [value(), value()];
    const id = await planter.set(kept, 'A', first);
    await planter.set(gone, 'A', second);
    expect(await ask(second)).toBeDefined();
    await planter.removeEnvironment(gone);
    expect(await ask(second)).toBeUndefined();
    expect(await ask(first)).toBe(id);
    await planter.destroy(kept, id);
    expect(await ask(first)).toBeUndefined();
  });

  it('open nothing twice, and only what changed', async () => {
    const { ask, open } = await newProcess();
    const environments = [
      await planter.environment(organizationId, projectId),
      await planter.environment(organizationId, projectId),
    ];
    const values = Array.from({ length: 40 }, value);
    for (const [index, text] of values.entries())
      await planter.set(environments[index % 2] ?? newId('env'), `KEY_${index}`, text);
    await Promise.all(values.map((text) => ask(text)));
    expect(open).toHaveBeenCalledTimes(40);
    await ask('nothing');
    const added = value();
    const id = await planter.set(environments[0] ?? '', 'NEW', added);
    expect(await ask(added)).toBe(id);
    expect(open).toHaveBeenCalledTimes(41);
    for (const text of values) expect(await ask(text)).toBeDefined();
    expect(open).toHaveBeenCalledTimes(41);
  });

  it('know nothing of other organizations', async () => {
    const { ask, of } = await newProcess();
    const environment = await planter.environment(organizationId, projectId);
    const text = value();
    await planter.set(environment, 'A', text);
    const other = await tenants.add();
    expect(await of(other.organizationId)).toBeUndefined();
    expect(await ask(text)).toBeDefined();
    organizationId = other.organizationId;
    expect(await ask(text)).toBeUndefined();
  });

  it('are not there at all while a value cannot be opened', async () => {
    const { ask } = await newProcess();
    const environment = await planter.environment(organizationId, projectId);
    const [first, second] = [value(), value()];
    const id = await planter.set(environment, 'A', first);
    await planter.set(environment, 'B', second);
    const [row] = await database.dataSource.query(
      `UPDATE variable_versions SET value_sealed = set_byte(value_sealed, 40, get_byte(value_sealed, 40) # 1)
        WHERE variable_id = $1 RETURNING variable_id`,
      [id],
    );
    expect(row).toBeDefined();
    await expect(ask(second)).rejects.toThrow();
    await planter.remove(environment, id);
    expect(await ask(second)).toBeDefined();
  });

  it('see each change that was committed before they were asked, however many come at once', async () => {
    const { ask } = await newProcess();
    const environment = await planter.environment(organizationId, projectId);
    const answers: Promise<[string, string | undefined]>[] = [];
    for (let round = 0; round < 25; round++) {
      const text = value();
      const id = await planter.set(environment, `KEY_${round}`, text);
      answers.push(ask(text).then((found) => [id, found]));
    }
    for (const [id, found] of await Promise.all(answers)) expect(found).toBe(id);
  });
});
