import type { Caller } from '../../platform/http/request-context.js';
import { SecretsWorld } from '../testing/secrets-world.js';
import { BulkChangesService } from '../variables/bulk-changes.service.js';
import { DuplicatesService } from './duplicates.service.js';
import { RotationSweeper } from './rotation.sweeper.js';

let world: SecretsWorld;
let admin: Caller;
let environmentId: string;

beforeAll(async () => {
  world = await SecretsWorld.open();
});
afterAll(() => world?.close());
beforeEach(async () => {
  admin = await world.addOrganization();
  const projectId = await world.addProject(admin, 'shop');
  environmentId = await world.addEnvironment(admin, projectId, 'production');
});

describe('looking after variables', () => {
  it('finds values used more than once, in the caller’s organization alone', async () => {
    const other = await world.addProject(admin, 'other');
    await world.set(admin, environmentId, { A: 'twice', B: 'once', C: '' });
    const second = await world.addEnvironment(admin, other, 'base', {
      D: 'twice',
      E: '',
      F: 'pair',
      G: 'pair',
    });
    const stranger = await world.addOrganization('Other');
    const theirs = await world.addProject(stranger, 'x');
    await world.addEnvironment(stranger, theirs, 'y', { A: 'twice', B: 'once' });
    const groups = async (caller: Caller, project?: string) =>
      (await world.get(DuplicatesService).listDuplicates(caller, project)).map(({ variables }) =>
        variables.map(({ key }) => key),
      );
    expect((await groups(admin)).sort()).toEqual([
      ['A', 'D'],
      ['F', 'G'],
    ]);
    expect(await groups(admin, other)).toEqual([['F', 'G']]);
    expect(await groups(admin, theirs)).toEqual([]);
    expect(await groups(stranger)).toEqual([]);
    expect(await groups(await world.addOrganization('Empty'))).toEqual([]);

    await world.set(admin, second, { D: 'other' });
    expect(await groups(admin)).toEqual([['F', 'G']]);
  });

  it('reminds of a value once for each time it falls due', async () => {
    const wanted = [
      { key: 'A', value: 'a', rotateDays: 30 },
      { key: 'B', value: 'b', rotateDays: 60 },
      { key: 'C', value: 'c' },
    ];
    const change = { cause: 'changed', wanted, ifMatch: undefined, reason: undefined } as const;
    await world.run((tx) => world.get(BulkChangesService).apply(admin, environmentId, change, tx));
    const [variable] = (await world.variablesOf(admin, environmentId)).filter(({ key }) => key === 'A');
    if (!variable) throw new Error('no variable');
    const sweep = () => world.get(RotationSweeper).run(new AbortController().signal);
    const age = () =>
      world.query(
        `UPDATE variables SET value_changed_at = value_changed_at - interval '31 days', rotation_due_at = rotation_due_at - interval '31 days' WHERE id = $1`,
        [variable.id],
      );
    const told = () =>
      world.query(
        `SELECT data FROM events WHERE name = 'variable.rotation_due' AND data->>'environment_id' = $1 ORDER BY created_at`,
        [environmentId],
      );
    await sweep();
    expect(await told()).toEqual([]);

    await age();
    await Promise.all([sweep(), sweep()]);
    await sweep();
    expect(await told()).toEqual([
      {
        data: expect.objectContaining({
          variable: { id: variable.number, key: 'A', environment_id: expect.any(Number) },
          variable_id: variable.id,
        }),
      },
    ]);
    expect(await world.actionsOn(variable.id)).toEqual(['variable.rotation_reminded']);

    const noted = {
      cause: 'changed',
      wanted: [{ key: 'A', value: 'a', note: 'soon' }],
      ifMatch: undefined,
      reason: undefined,
    } as const;
    await world.run((tx) => world.get(BulkChangesService).apply(admin, environmentId, noted, tx));
    await sweep();
    expect(await told()).toHaveLength(1);

    await world.set(admin, environmentId, { A: 'new' });
    await sweep();
    expect(await told()).toHaveLength(1);
    await age();
    await sweep();
    expect(await told()).toHaveLength(2);

    await age();
    await world.set(admin, environmentId, { A: 'newer' });
    await age();
    await world.remove(admin, environmentId, ['A']);
    await sweep();
    expect(await told()).toHaveLength(2);
  });
});
