import { AppError } from '../../platform/errors/app-error.js';
import { newId } from '../../platform/http/ids.js';
import type { OrganizationRole } from '../../platform/http/permission.js';
import type { Caller } from '../../platform/http/request-context.js';
import { VARIABLE_FORMATS, type VariableFormat } from '../formats/variable-format.js';
import { SecretsWorld } from '../testing/secrets-world.js';
import { BulkSettingsService } from './bulk-settings.service.js';
import { ComparisonsService } from './comparisons.service.js';
import { CopiesService } from './copies.service.js';
import { EnvironmentReach } from './environment-reach.service.js';
import { ExportsService } from './exports.service.js';
import { readImport } from './import-file.js';
import { ImportsService } from './imports.service.js';
import { ReferencesService } from './references.service.js';

let world: SecretsWorld;
let admin: Caller;
let projectId: string;
let environmentId: string;

beforeAll(async () => {
  world = await SecretsWorld.open();
});
afterAll(() => world?.close());
beforeEach(async () => {
  admin = await world.addOrganization('Acme');
  projectId = await world.addProject(admin, 'shop');
  environmentId = await world.addEnvironment(admin, projectId, 'production');
});

/** A reference, as it stands in a value. */
const to = (path: string): string => `\${${path}}`;

const errorOf = async (work: Promise<unknown>): Promise<AppError> => {
  const error = await work.then(
    () => new Error('nothing was refused'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof AppError) return error;
  throw error;
};
const codeOf = async (work: Promise<unknown>): Promise<string> => (await errorOf(work)).code;

const requestOf = (text: string, more: object = {}) => ({
  ...{ file: readImport({ text, format: 'dotenv' }), overwrite: true, ifMatch: undefined, reason: undefined },
  ...more,
});
const importInto = (id: string, text: string, more: object = {}, caller = admin) =>
  world.run((tx) => world.get(ImportsService).importVariables(caller, id, requestOf(text, more), tx));
const previewOf = (id: string, text: string, more: object = {}) =>
  world.run((tx) => world.get(ImportsService).preview(admin, id, requestOf(text, more), tx));
const exportOf = (id: string, format: VariableFormat, resolve = false, caller = admin) =>
  world.get(ExportsService).exportVariables(caller, id, { format, resolve, product: 'Redoubt' });
const actionsOn = (id: string) => world.actionsOn(id);

describe('an import', () => {
  it('is previewed without a trace, refusals by line included', async () => {
    await world.set(admin, environmentId, { SAME: 'a', OTHER: 'b' });
    const before = await world.auditOf(environmentId);
    const text = 'SAME=a\nOTHER=c\nNEW=d\n1ST=e\nno assignment';
    const outcome = await previewOf(environmentId, text);
    expect(outcome).toMatchObject({ added: ['NEW'], changed: ['OTHER'], unchanged: ['SAME'], revision: 1 });
    expect(outcome.refused.map(({ line }) => line)).toEqual([4, 5]);

    const kept = await previewOf(environmentId, text, { overwrite: false });
    expect(kept).toMatchObject({ added: ['NEW'], changed: [], unchanged: ['SAME'] });
    expect(kept.refused).toContainEqual(
      expect.objectContaining({ key: 'OTHER', line: 2, reason: 'VARIABLE_EXISTS' }),
    );
    expect(await world.auditOf(environmentId)).toEqual(before);
    expect(await world.valuesOf(admin, environmentId)).toEqual({ SAME: 'a', OTHER: 'b' });
  });

  it('is all or nothing, and its error shows no value', async () => {
    const error = await errorOf(importInto(environmentId, 'A=1\n2ND=secret-value\nB="open secret-value'));
    expect(error.code).toBe('IMPORT_REFUSED');
    expect(error.details).toMatchObject({ field: '2ND', line: 2 });
    expect(error.message).toMatch(/^2 places .*line 2, variable 2ND/);
    expect(JSON.stringify([error.message, error.details])).not.toContain('secret-value');

    expect(() => readImport({ text: '\n'.repeat(200_000), format: 'dotenv' })).toThrow('200000 lines');
    await world.set(admin, environmentId, { A: 'mine', C: 'mine' });
    const conflict = await errorOf(importInto(environmentId, 'A=1\nB=2\nC=3', { overwrite: false }));
    expect(conflict).toMatchObject({ code: 'VARIABLE_EXISTS', details: { field: 'A' } });
    expect(conflict.message).toContain('has 2 of these');
    expect(await codeOf(importInto(environmentId, 'B=2', { ifMatch: ['"1"'] }))).toBe('PRECONDITION_FAILED');
    expect(await world.valuesOf(admin, environmentId)).toEqual({ A: 'mine', C: 'mine' });
  });

  it('of 1,000 variables is one revision, one entry and 1,000 events; the same again is nothing', async () => {
    const lines = Array.from({ length: 1_000 }, (_, index) => `KEY_${index}="value ${index}\nsecond line"`);
    const outcome = await importInto(environmentId, lines.join('\n'), { reason: 'Moved' });
    expect(outcome.added).toHaveLength(1_000);
    expect(outcome.revision).toBe(1);
    expect((await world.valuesOf(admin, environmentId)).KEY_999).toBe('value 999\nsecond line');
    expect(
      await world.query('SELECT cause, revision FROM environment_revisions WHERE environment_id = $1', [
        environmentId,
      ]),
    ).toEqual([{ cause: 'imported', revision: 1 }]);
    const events = `SELECT count(*)::int AS count FROM events WHERE name = 'variable.created' AND data->>'environment_id' = $1`;
    expect(await world.query(events, [environmentId])).toEqual([{ count: 1_000 }]);
    expect((await world.auditOf(environmentId)).at(-1)).toMatchObject({
      action: 'environment.imported',
      counts: { created: 1_000 },
    });

    const again = await importInto(environmentId, lines.join('\n'));
    expect(again).toMatchObject({ added: [], changed: [], revision: 1 });
    expect(again.unchanged).toHaveLength(1_000);
  });

  it('goes nowhere that the caller is not', async () => {
    const stranger = await world.addOrganization('Other');
    expect(await codeOf(importInto(environmentId, 'A=1', {}, stranger))).toBe('NOT_FOUND');
    expect(await codeOf(importInto(newId('env'), 'A=1'))).toBe('NOT_FOUND');
  });
});

describe('an export', () => {
  const VALUES = { PLAIN: 'a', SPACED: ' b # c ', EMPTY: '', QUOTED: `it's` };

  it.each(VARIABLE_FORMATS)('as %s makes the same of another environment', async (format) => {
    const values = format === 'docker' ? { ...VALUES, LAST: 'x=y' } : { ...VALUES, LINES: 'one\ntwo\n' };
    await world.set(admin, environmentId, values);
    const { text, mediaType, fileName } = await exportOf(environmentId, format);
    expect(mediaType).toContain('charset=utf-8');
    expect(fileName).toMatch(/^production\./);
    const copy = await world.addEnvironment(admin, projectId, 'copy');
    await importInto(copy, '', { file: readImport({ text, format: 'auto', fileName }) });
    expect(await world.valuesOf(admin, copy)).toEqual(values);
    expect(await actionsOn(environmentId)).toContain('environment.exported');
  });

  it('has four lines on top, and a reader who may see no value gets none', async () => {
    await world.set(admin, environmentId, { A: 'secret-value' });
    const viewer = await world.addMember(admin.principal.organizationId, 'viewer');
    const { text } = await exportOf(environmentId, 'dotenv', true, viewer);
    expect(text.split('\n')).toEqual([
      '# Generated by Redoubt - Environment: production',
      '# Project: shop',
      '# Organization: Acme',
      expect.stringMatching(/^# Generated on: \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/),
      expect.stringContaining('[HIDDEN]'),
      '',
    ]);
    expect(await actionsOn(environmentId)).not.toContain('environment.exported');
  });

  it('refuses by name what its format cannot carry, and nobody is on record for it', async () => {
    await world.set(admin, environmentId, { LINES: 'secret\nvalue', A: 'x' });
    const error = await errorOf(exportOf(environmentId, 'docker'));
    expect(error).toMatchObject({ code: 'EXPORT_REFUSED', details: { field: 'LINES' } });
    expect(error.message).toContain('LINES:');
    expect(error.message).not.toContain('secret');
    expect(await actionsOn(environmentId)).not.toContain('environment.exported');
  });
});

describe('references', () => {
  const resolved = async (caller: Caller, id: string) => {
    const { environment } = await world.reading(caller, id);
    const variables = await world.variablesOf(caller, id);
    const values = await world.get(ReferencesService).resolve(caller, environment, variables);
    return Object.fromEntries(
      variables.map(({ id: variableId, key }) => {
        const { value, problems } = values.get(variableId) ?? {};
        return [key, problems?.length ? problems.map(({ reason }) => reason).join() : value];
      }),
    );
  };

  it('lead through environments, and whoever follows them is on record there', async () => {
    const shared = await world.addProject(admin, 'shared');
    const base = await world.addEnvironment(admin, shared, 'base', { HOST: 'db', URL: `pg://${to('HOST')}` });
    await world.set(admin, environmentId, {
      URL: `${to('shared.base.URL')}/x`,
      COPY: to('URL'),
      GONE: to('shared.base.NOTHING'),
      NOWHERE: to('shared.live.URL'),
      LOOP: to('LOOP'),
    });
    expect(await resolved(admin, environmentId)).toEqual({
      ...{ URL: 'pg://db/x', COPY: 'pg://db/x' },
      ...{ GONE: 'missing', NOWHERE: 'missing', LOOP: 'cycle' },
    });
    expect((await world.auditOf(base)).at(-1)).toMatchObject({
      action: 'environment.read',
      counts: { variables: 2 },
    });
    expect(await actionsOn(environmentId)).not.toContain('environment.read');

    const error = await errorOf(exportOf(environmentId, 'json', true));
    expect(error.code).toBe('REFERENCES_UNRESOLVED');
    expect(error.message).toContain(`GONE: ${to('shared.base.NOTHING')} is missing.`);
    await world.remove(admin, environmentId, ['GONE', 'NOWHERE', 'LOOP']);
    expect(JSON.parse((await exportOf(environmentId, 'json', true)).text)).toEqual({
      COPY: 'pg://db/x',
      URL: 'pg://db/x',
    });
  });

  it('mean the project they stand in first, and none where two others have the name', async () => {
    const twins = [await world.addProject(admin, 'twin'), await world.addProject(admin, 'twin')];
    for (const [index, twin] of twins.entries())
      await world.addEnvironment(admin, twin, 'base', { WHO: `${index}`, ME: to('twin.base.WHO') });
    await world.set(admin, environmentId, { WHO: to('twin.base.WHO') });
    expect(await resolved(admin, environmentId)).toEqual({ WHO: 'missing' });
    await world.set(admin, environmentId, { WHO: to('shop.Production.SELF'), SELF: 'me' });
    expect(await resolved(admin, environmentId)).toEqual({ WHO: 'me', SELF: 'me' });
    const rows = await world.query<{ id: string }>(
      `SELECT id FROM environments WHERE name = 'base' AND project_id = ANY($1) ORDER BY id`,
      [twins],
    );
    const values = await Promise.all(rows.map(({ id }) => resolved(admin, id)));
    expect(values).toEqual([
      { WHO: '0', ME: '0' },
      { WHO: '1', ME: '1' },
    ]);
  });

  /** Somebody who asks, in an environment of a project where they may read values, for one of another project. */
  const asked = async (
    isMember: boolean | 'by key',
    here: OrganizationRole,
    there: OrganizationRole | undefined,
  ) => {
    const { organizationId } = admin.principal;
    const away = await world.addOrganization('Away');
    const shared = await world.addProject(admin, 'shared');
    const other = await world.addEnvironment(admin, shared, 'base', { KEY: 'secret-value' });
    await world.set(admin, environmentId, { A: to('shared.base.KEY'), B: to('shared.base.NONE') });
    const home = isMember ? organizationId : away.principal.organizationId;
    const person = await world.addMember(home, isMember ? 'viewer' : 'admin');
    await world.share(projectId, person, here);
    if (there) await world.share(shared, person, there);
    const credential = { kind: 'api_key', id: 'key_test' } as const;
    const asking =
      isMember === 'by key' ? { ...person, principal: { ...person.principal, credential } } : person;
    const caller = await world.enter(asking, environmentId);
    return { values: await resolved(caller, environmentId), caller, other };
  };

  it.each([
    ['a viewer who edits this project', true, 'editor', undefined, 'forbidden'],
    ['a viewer who edits both', true, 'editor', 'editor', 'secret-value'],
    ['a viewer who administers this project', true, 'admin', undefined, 'forbidden'],
    ['an API key of theirs', 'by key', 'admin', undefined, 'forbidden'],
    ['a guest of this project', false, 'editor', undefined, 'missing'],
    ['a guest of this project who may view the other', false, 'editor', 'viewer', 'forbidden'],
    ['a guest of both', false, 'editor', 'editor', 'secret-value'],
  ] as const)('are for %s what the other project is', async (_, isMember, here, there, value) => {
    const { values, caller, other } = await asked(isMember, here, there);
    expect(values).toEqual({ A: value, B: 'missing' });
    const reads = (await actionsOn(other)).filter((action) => action === 'environment.read');
    expect(reads).toHaveLength(value === 'secret-value' ? 1 : 0);
    const reach = world.get(EnvironmentReach).reach(caller, other, 'secrets:reveal');
    if (value === 'secret-value') expect((await reach).environment.id).toBe(other);
    else expect(await codeOf(reach)).toBe(value === 'missing' ? 'NOT_FOUND' : 'PERMISSION_DENIED');
  });

  it('are nothing to a viewer, nor to an organization next door', async () => {
    await world.set(admin, environmentId, { A: to('B'), B: 'secret-value', C: to('NONE') });
    const viewer = await world.addMember(admin.principal.organizationId, 'viewer');
    expect(await resolved(viewer, environmentId)).toEqual({
      A: 'forbidden',
      B: 'secret-value',
      C: 'missing',
    });

    const stranger = await world.addOrganization('Other');
    const project = await world.addProject(stranger, 'shop');
    const other = await world.addEnvironment(stranger, project, 'staging', { A: to('shop.production.B') });
    expect(await resolved(stranger, other)).toEqual({ A: 'missing' });
  });
});

describe('copying and comparing', () => {
  const copy = async (caller: Caller, targetId: string, more: object = {}, keys?: readonly string[]) => {
    const copies = world.get(CopiesService);
    const prepared = await copies.prepare(caller, { environmentId, keys }, targetId);
    const request = { overwrite: true, ifMatch: undefined, reason: undefined, ...more };
    return world.run((tx) => copies.copy(caller, prepared, request, tx));
  };

  it('take what a variable has along, as one revision', async () => {
    const target = await world.addEnvironment(admin, projectId, 'staging', { A: 'old', C: 'kept' });
    const wanted = [
      { key: 'A', value: 'new', note: 'why', tags: ['x'], rotateDays: 30 },
      { key: 'B', value: 'b' },
    ];
    const request = { variables: wanted, remove: [], ifMatch: undefined, reason: undefined };
    await world.run((tx) => world.get(BulkSettingsService).setVariables(admin, environmentId, request, tx));
    expect(await codeOf(copy(admin, target, { overwrite: false }))).toBe('VARIABLE_EXISTS');
    expect(await codeOf(copy(admin, target, { ifMatch: ['"1"'] }))).toBe('PRECONDITION_FAILED');
    expect(await codeOf(copy(admin, target, {}, ['A', 'NONE']))).toBe('VALIDATION_ERROR');
    expect(await codeOf(copy(admin, environmentId))).toBe('VALIDATION_ERROR');

    expect(await copy(admin, target)).toMatchObject({ added: ['B'], changed: ['A'], revision: 2 });
    const found = await world.variablesOf(admin, target);
    expect(found.find(({ key }) => key === 'A')).toMatchObject({ note: 'why', tags: ['x'], rotateDays: 30 });
    expect(await actionsOn(target)).toContain('environment.copied');
    expect(await actionsOn(environmentId)).toContain('environment.read');
    expect(await world.get(ComparisonsService).compare(admin, environmentId, target)).toEqual({
      ...{ onlyHere: [], onlyThere: ['C'], different: [], same: ['A', 'B'] },
    });
  });

  it('need the right to it in both', async () => {
    await world.set(admin, environmentId, { A: 'a' });
    const project = await world.addProject(admin, 'other');
    const target = await world.addEnvironment(admin, project, 'staging', { A: 'b' });
    const person = await world.addMember(admin.principal.organizationId, 'viewer');
    await world.share(projectId, person, 'admin');
    const editor = await world.enter(person, environmentId);
    expect(await codeOf(copy(editor, target))).toBe('PERMISSION_DENIED');
    const compare = () => world.get(ComparisonsService).compare(editor, environmentId, target);
    expect(await codeOf(compare())).toBe('PERMISSION_DENIED');
    await world.share(project, person, 'editor');
    expect(await compare()).toMatchObject({ different: ['A'] });
    expect(await copy(editor, target)).toMatchObject({ changed: ['A'] });

    const stranger = await world.addOrganization('Other');
    const theirs = await world.addEnvironment(stranger, await world.addProject(stranger, 'x'), 'y');
    expect(await codeOf(copy(admin, theirs))).toBe('NOT_FOUND');
    expect(await codeOf(world.get(ComparisonsService).compare(admin, environmentId, theirs))).toBe(
      'NOT_FOUND',
    );
  });
});

describe('setting many', () => {
  const settingOf = (
    variables: readonly { key: string; value: string }[],
    remove: readonly string[] = [],
  ) => ({
    ...{ variables, remove, ifMatch: undefined, reason: undefined },
  });
  const set = (...given: Parameters<typeof settingOf>) =>
    world.run((tx) =>
      world.get(BulkSettingsService).setVariables(admin, environmentId, settingOf(...given), tx),
    );

  it('makes, changes and removes at once, as a preview says', async () => {
    await world.set(admin, environmentId, { A: '1', B: '2', C: '3' });
    const given = [
      [
        { key: 'A', value: '1' },
        { key: 'B', value: 'x' },
        { key: 'D', value: '' },
      ],
      ['C', 'C', 'NONE'],
    ] as const;
    const expected = { added: ['D'], changed: ['B'], unchanged: ['A'], removed: ['C'], refused: [] };
    const preview = world.run((tx) =>
      world.get(BulkSettingsService).preview(admin, environmentId, settingOf(...given), tx),
    );
    expect(await preview).toMatchObject({ ...expected, revision: 1 });
    expect(await set(...given)).toMatchObject({ ...expected, revision: 2 });
    expect(await world.valuesOf(admin, environmentId)).toEqual({ A: '1', B: 'x', D: '' });
  });

  it('names what it does not take', async () => {
    const one = { key: 'A', value: '1' };
    const twice = await errorOf(set([one, { key: 'B', value: '2' }, one]));
    expect(twice).toMatchObject({ code: 'VALIDATION_ERROR', details: { field: 'variables[2].key' } });
    expect(twice.message).toContain('A is given twice');
    expect((await errorOf(set([one], ['A']))).message).toContain('A is to be set and removed');
    const large = await errorOf(set([{ key: 'A', value: 'é'.repeat(40_000) }]));
    expect(large.details?.field).toBe('variables[0].value');
    expect(await world.valuesOf(admin, environmentId)).toEqual({});
  });
});
