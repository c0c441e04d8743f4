import type { ErasureRun } from '../../platform/erasure/erasable-contents.js';
import { AppError } from '../../platform/errors/app-error.js';
import { newId } from '../../platform/http/ids.js';
import { ListQuery, listingOf } from '../../platform/http/listing.js';
import type { Caller } from '../../platform/http/request-context.js';
import { EnvironmentsRepository } from '../environments/environments.repository.js';
import { ErasableSecrets } from '../erasable-secrets.service.js';
import { SecretsWorld } from '../testing/secrets-world.js';
import { EnvironmentVariables } from './environment-variables.service.js';
import type { VariableFilter } from './variable-filter.js';

let world: SecretsWorld;
let admin: Caller;
let environmentId: string;

beforeAll(async () => {
  world = await SecretsWorld.open();
});
afterAll(() => world?.close());
beforeEach(async () => {
  admin = await world.addOrganization('Acme');
  const projectId = await world.addProject(admin, 'shop');
  environmentId = await world.addEnvironment(admin, projectId, 'production', { A: 'first', B: 'other' });
});
afterEach(() => jest.restoreAllMocks());

const LISTING = listingOf(Object.assign(new ListQuery(), { page_size: 100 }));
const EVERYTHING: VariableFilter = { key: undefined, search: undefined, tag: undefined };

const read = (caller = admin, id = environmentId, filter = EVERYTHING) =>
  world.get(EnvironmentVariables).listVariables(caller, id, filter, LISTING);
const valuesOf = async (caller = admin): Promise<Record<string, string | undefined>> =>
  Object.fromEntries((await read(caller)).rows.map(({ key, value }) => [key, value]));
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'nothing was refused',
    (error: unknown) => (error instanceof AppError ? error.code : error),
  );
const readingsOf = async (id = environmentId): Promise<unknown[]> =>
  (await world.auditOf(id)).filter(({ action }) => action === 'environment.read').map(({ counts }) => counts);

describe('what is remembered of an environment', () => {
  it('spares the look at its row, and no reader the record of having read', async () => {
    await read();
    const look = jest.spyOn(world.get(EnvironmentsRepository), 'find');
    await Promise.all([read(), read(), read(admin, environmentId, { ...EVERYTHING, key: 'A' })]);
    expect(look).not.toHaveBeenCalled();
    const counts = (await readingsOf()).map((entry) => JSON.stringify(entry)).sort();
    expect(counts).toEqual(['{"variables":1}', ...Array(3).fill('{"variables":2}')]);
  });

  it('is shown to nobody from the next reading after a change on', async () => {
    await read();
    await world.set(admin, environmentId, { A: 'second' });
    expect(await valuesOf()).toEqual({ A: 'second', B: 'other' });
    await world.remove(admin, environmentId, ['A']);
    expect(await valuesOf()).toEqual({ B: 'other' });

    await world.query('UPDATE environments SET name = $2, version = version + 1 WHERE id = $1', [
      environmentId,
      'renamed',
    ]);
    const look = jest.spyOn(world.get(EnvironmentsRepository), 'find');
    for (const looks of [1, 1]) {
      expect((await read()).environment.name).toBe('renamed');
      expect(look).toHaveBeenCalledTimes(looks);
    }
    expect(await readingsOf()).toHaveLength(5);
  });

  it('is as new as the reading, whoever else reads and writes meanwhile', async () => {
    const projectId = await world.addProject(admin, 'beside');
    const beside = await world.addEnvironment(admin, projectId, 'still', { STILL: 'here' });
    let written = 0;
    const reader = async (): Promise<void> => {
      while (written < 20) {
        const least = written;
        const [{ rows }, still] = await Promise.all([read(), read(admin, beside)]);
        expect(Number(rows.find(({ key }) => key === 'A')?.value)).toBeGreaterThanOrEqual(least);
        expect(still.rows.map(({ value }) => value)).toEqual(['here']);
      }
    };
    await world.set(admin, environmentId, { A: '0' });
    const readers = [reader(), reader(), reader()];
    for (let next = 1; next <= 20; next += 1) {
      await world.set(admin, environmentId, { A: String(next) });
      written = next;
    }
    await Promise.all(readers);
  });

  it('is nothing to others, nor to anybody once it is gone', async () => {
    await read();
    const stranger = await world.addOrganization('Other');
    expect(await codeOf(read(stranger))).toBe('NOT_FOUND');
    await world.run((tx) =>
      world.get(EnvironmentsRepository).delete(admin.principal.organizationId, environmentId, tx),
    );
    expect(await codeOf(read())).toBe('NOT_FOUND');
    expect(await readingsOf()).toHaveLength(1);
  });

  it('has no values for viewers, who leave no record', async () => {
    await read();
    const viewer = await world.addMember(admin.principal.organizationId, 'viewer');
    const { rows } = await read(viewer);
    expect(rows.map(({ isHidden }) => isHidden)).toEqual([true, true]);
    expect(JSON.stringify(rows)).not.toContain('first');
    expect(await readingsOf()).toHaveLength(1);
  });

  it('is shown to nobody whose reading cannot be written down', async () => {
    await read();
    const refusal = "ADD CONSTRAINT no_reading CHECK (action <> 'environment.read') NOT VALID";
    await world.query(`ALTER TABLE audit_logs ${refusal}`);
    try {
      await expect(read()).rejects.toThrow('no_reading');
    } finally {
      await world.query('ALTER TABLE audit_logs DROP CONSTRAINT no_reading');
    }
    expect(await valuesOf()).toEqual({ A: 'first', B: 'other' });
  });
});

describe('what was destroyed for good and is there again', () => {
  const noted: string[] = [];
  const run = () =>
    ({
      ...{ id: newId('erasure'), organizationId: admin.principal.organizationId, isRehearsal: false },
      signal: new AbortController().signal,
      note: async (kind: string, count: number) => void noted.push(`${kind} ${count}`),
    }) satisfies ErasureRun;
  const versionsOf = (id: string): Promise<object[]> =>
    world.query(
      `SELECT version, change, value_sealed IS NOT NULL OR key_sealed IS NOT NULL OR digest IS NOT NULL AS kept, destroyed_by
         FROM variable_versions WHERE variable_id = $1 ORDER BY version`,
      [id],
    );
  const idOf = async (key: string): Promise<string> =>
    (await read()).rows.find((variable) => variable.key === key)?.id ?? '';
  beforeEach(() => noted.splice(0));

  it('is destroyed again as a version, and leaves the value in use', async () => {
    const variableId = await idOf('A');
    await world.set(admin, environmentId, { A: 'second' });
    const erasable = world.get(ErasableSecrets);
    for (const version of [1, 1, 7])
      await erasable.eraseVersion({ variableId, version, destroyedBy: 'user_1' }, run());
    expect(noted).toEqual(['variable_versions 1']);
    expect(await versionsOf(variableId)).toEqual([
      { version: 1, change: 'created', kept: false, destroyed_by: 'user_1' },
      { version: 2, change: 'updated', kept: true, destroyed_by: null },
    ]);
    expect(await valuesOf()).toEqual({ A: 'second', B: 'other' });
  });

  it('is deleted where it is in use again, which the history tells', async () => {
    const variableId = await idOf('A');
    const ours = run();
    const stranger = await world.addOrganization('Other');
    const theirs = { ...ours, organizationId: stranger.principal.organizationId };
    const destroyed = { variableId, version: 1, destroyedBy: 'user_1' };
    await world.get(ErasableSecrets).eraseVersion(destroyed, theirs);
    expect(await valuesOf()).toEqual({ A: 'first', B: 'other' });
    await world.get(ErasableSecrets).eraseVersion(destroyed, ours);
    expect(await valuesOf()).toEqual({ B: 'other' });
    expect(await versionsOf(variableId)).toEqual([
      { version: 1, change: 'created', kept: false, destroyed_by: 'user_1' },
      { version: 2, change: 'deleted', kept: false, destroyed_by: null },
    ]);
    expect(
      await world.query(
        `SELECT variable_count, revision = (SELECT max(revision) FROM environment_revisions WHERE environment_id = e.id) AS told
           FROM environments e WHERE id = $1`,
        [environmentId],
      ),
    ).toEqual([{ variable_count: 1, told: true }]);
    await world.set(admin, environmentId, { A: 'anew' });
    expect(await valuesOf()).toEqual({ A: 'anew', B: 'other' });
  });

  it('is deleted again as an environment, once', async () => {
    const erasable = world.get(ErasableSecrets);
    for (let times = 0; times < 2; times++) await erasable.eraseEnvironment(environmentId, run());
    expect(noted).toEqual(['environments 1']);
    expect(await codeOf(read())).toBe('NOT_FOUND');
    expect(
      await world.query('SELECT environment_count FROM projects WHERE name = $1', ['shop']),
    ).toContainEqual({
      environment_count: 0,
    });
  });
});
