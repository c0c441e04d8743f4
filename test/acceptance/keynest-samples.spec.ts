import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Answer, type Call, Client } from '../support/client.js';
import { fileForm } from '../support/files.js';
import { KeynestHome } from '../support/keynest-home.js';
import { kindOf, SAMPLES, USER } from '../support/keynest-samples.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

const FORMS = ['with', 'without'] as const;

describe("KeyNest's documented samples", () => {
  let redoubt: RedoubtProcess;
  let client: Client;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start();
    client = new Client(redoubt.url, '');
  });
  afterAll(() => redoubt.dispose());

  const as = (token: string): Call => ({ key: token, scheme: 'Token' });

  function expectSample({ status, body }: Answer, expected: number, sample: object): void {
    expect([status, kindOf(body)]).toEqual([expected, kindOf(sample)]);
  }

  const register = (name: string, end: string) =>
    client.post(`/api/auth/register${end}`, {
      ...{ username: name, email: `${name}@example.com`, password: 'securepassword123' },
      ...{ confirm_password: 'securepassword123', first_name: 'John', last_name: 'Doe' },
    });

  it.each(FORMS)('run in its order, %s a slash at the end', async (form) => {
    const end = form === 'with' ? '/' : '';
    const name = `newuser_${form}`;
    const registered = await register(name, end);
    expectSample(registered, 201, SAMPLES.registered);
    expect(registered.body.organization.name).toBe("John's Organization");

    const credentials = { email: `${name}@example.com`, password: 'securepassword123' };
    const login = await client.post(`/api/auth/login${end}`, credentials);
    expectSample(login, 200, SAMPLES.login);
    expect(login.body.user).toEqual({
      ...USER,
      id: login.body.user.id,
      username: name,
      email: credentials.email,
    });
    const old = as(login.body.token);
    const logout = await client.send('POST', `/api/auth/logout${end}`, old);
    expect([logout.status, logout.body]).toEqual([200, SAMPLES.logout]);
    expectSample(await client.get(`/api/auth/profile${end}`, old), 401, SAMPLES.error);
    const call = as((await client.post(`/api/auth/login${end}`, credentials)).body.token);
    const profile = await client.get(`/api/auth/profile${end}`, call);
    expectSample(profile, 200, SAMPLES.profile);

    expectSample(await client.get(`/api/organizations${end}`, call), 200, SAMPLES.organizations);
    const home = registered.body.organization.id;
    expectSample(await client.get(`/api/organizations/${home}${end}`, call), 200, SAMPLES.organization);
    const organization = { name: 'New Organization', description: 'Description of the new organization' };
    const founded = await client.post(`/api/organizations${end}`, organization, call);
    expectSample(founded, 201, SAMPLES.organization);
    expect(founded.body).toMatchObject({
      ...organization,
      ...{ member_count: 1, project_count: 0, user_role: 'admin' },
    });

    const body = { name: 'Web Application', description: 'Main web application project', organization: home };
    const made = await client.post(`/api/projects${end}`, body, call);
    expectSample(made, 201, SAMPLES.project);
    expect(made.body).toMatchObject({ ...body, created_by_name: 'John Doe', environment_count: 0 });
    const search = `?organization=${home}&search=web`;
    expectSample(await client.get(`/api/projects${end}${search}`, call), 200, SAMPLES.projects);
    const at = `/api/projects/${made.body.id}${end}`;
    expectSample(await client.get(at, call), 200, SAMPLES.project);
    const elsewhere = { ...body, name: 'New Project', organization: founded.body.id };
    const second = await client.post(`/api/projects${end}`, elsewhere, call);
    expect(second.body.organization_name).toBe('New Organization');
    const changed = await client.patch(at, { description: 'Updated project description' }, call);
    expectSample(changed, 200, SAMPLES.project);
    expect(changed.body.description).toBe('Updated project description');
    const deleted = await client.delete(`/api/projects/${second.body.id}${end}`, call);
    expect([deleted.status, deleted.text]).toEqual([204, '']);
    expectSample(await client.get(`/api/projects/${second.body.id}${end}`, call), 404, SAMPLES.error);

    const day = new Date().toISOString().slice(0, 10);
    const query = `user=${profile.body.id}&action=project_updated&target_type=project&date_from=${day}&date_to=${day}`;
    const log = await client.get(`/api/audit-logs${end}?${query}`, call);
    expect(log.body.results[0].details).toMatchObject({ version: 2 });
    for (const entry of log.body.results) entry.details = {};
    expectSample(log, 200, SAMPLES.entries);
    expect(log.body.results[0]).toMatchObject({
      ...{ user_name: 'John Doe', user_email: credentials.email, action: 'project_updated' },
      ...{ target_type: 'project', target_id: made.body.id, ip_address: '127.0.0.1' },
    });
    // What was deleted has no number any more.
    const gone = (await client.get(`/api/audit-logs${end}?action=delete`, call)).body.results;
    expect(gone).toMatchObject([{ action: 'project_deleted', target_type: 'project', target_id: null }]);

    const fault = await client.post(`/api/projects${end}`, {}, call);
    expectSample(fault, 400, { ...SAMPLES.error, ...SAMPLES.fault });
    expect(fault.body.error).toBe('Validation failed');
  });

  describe('of environments', () => {
    const FILE = [
      ...['DATABASE_URL=postgresql://user:pass@host/db', 'API_KEY=sk_live_abcd1234567890'],
      ...['export DEBUG=false # not here', 'EMPTY=', 'KEY="-----BEGIN', 'MII=', '-----END"', ''],
    ].join('\n');

    it.each(FORMS)('run in its order, %s a slash at the end', async (form) => {
      const end = form === 'with' ? '/' : '';
      const { call, project } = await KeynestHome.found(client, `owner_${form}`);
      const sample = {
        ...{ name: 'staging', project, environment_type: 'staging' },
        description: 'Staging environment for testing',
      };
      const made = await client.post(`/api/environments${end}`, sample, call);
      expectSample(made, 201, SAMPLES.environment);
      expect(made.body).toMatchObject({
        ...sample,
        ...{ project_name: 'Web Application', created_by_name: 'John Doe', variable_count: 0 },
      });
      const filters = `?project=${project}&environment_type=staging&page=1`;
      const lists = [`environments${end}${filters}`, `projects/${project}/environments${end}`];
      for (const list of lists) {
        const listed = await client.get(`/api/${list}`, call);
        expectSample(listed, 200, SAMPLES.environments);
        expect(listed.body.results).toEqual([made.body]);
      }
      const none = `/api/environments${end}?environment_type=production`;
      expect((await client.get(none, call)).body.results).toEqual([]);
      const at = `/api/environments/${made.body.id}`;
      const changed = await client.patch(`${at}${end}`, { name: 'STAGING-2' }, call);
      expectSample(changed, 200, SAMPLES.environment);
      expect(changed.body).toMatchObject({ name: 'staging-2', description: sample.description });

      const variable = { key: 'API_KEY', value: 'sk_live_abcd1234567890', environment: made.body.id };
      const created = await client.post(`/api/variables${end}`, variable, call);
      expectSample(created, 201, SAMPLES.variable);
      expect(created.body).toMatchObject({
        ...{ key: 'API_KEY', decrypted_value: 'sk_live_abcd1234567890', environment: made.body.id },
        ...{ environment_name: 'staging-2', created_by_name: 'John Doe' },
      });
      const ofEnvironment = await client.get(`${at}/variables${end}`, call);
      expectSample(ofEnvironment, 200, SAMPLES.variables);
      expect(ofEnvironment.body.results).toEqual([created.body]);
      const one = `/api/variables/${created.body.id}${end}`;
      const updated = await client.patch(one, { value: 'new_secret_value' }, call);
      expectSample(updated, 200, SAMPLES.variable);
      expect(updated.body).toMatchObject({ key: 'API_KEY', decrypted_value: 'new_secret_value' });
      expect((await client.get(one, call)).body).toEqual(updated.body);
      expect((await client.get(`${at}${end}`, call)).body.variable_count).toBe(1);
      const deleted = await client.delete(one, call);
      expect([deleted.status, deleted.text]).toEqual([204, '']);
      expectSample(await client.get(one, call), 404, SAMPLES.error);

      const log = await client.get(`/api/audit-logs${end}?target_type=variable`, call);
      expect(log.body.results.map(({ action }: { action: string }) => action)).toEqual([
        ...['variable_deleted', 'variable_read', 'variable_updated', 'variable_created'],
      ]);
      expect(log.body.results.at(-1)).toMatchObject({
        ...{ target_type: 'variable', target_id: created.body.id },
        details: { variable_key: 'API_KEY', environment_name: 'staging-2' },
      });
      const countOf = async (): Promise<number> =>
        (await client.get(`/api/projects/${project}${end}`, call)).body.environment_count;
      expect(await countOf()).toBe(1);
      expect((await client.delete(`${at}${end}`, call)).status).toBe(204);
      expect([await countOf(), (await client.get(`${at}${end}`, call)).status]).toEqual([0, 404]);
    });

    it('are imported by its curl command, and exported with its comment', async () => {
      const home = await KeynestHome.found(client, 'mover');
      const { call } = home;
      const environment = await home.make('production');
      const folder = mkdtempSync(join(tmpdir(), 'keynest-'));
      writeFileSync(join(folder, '.env'), FILE);
      const address = `${redoubt.url}/api/environments/${environment}/import/`;
      const command = ['-X', 'POST', '-H', `Authorization: Token ${call.key}`, '-F', 'file=@.env', address];
      const curl = (): string => execFileSync('curl', ['-s', ...command], { cwd: folder, encoding: 'utf8' });
      const answers = [JSON.parse(curl()), JSON.parse(curl())];
      rmSync(folder, { recursive: true });
      expect(answers).toEqual([
        { ...SAMPLES.imported, summary: { imported: 5, updated: 0, failed: 0, total_variables: 5 } },
        { ...SAMPLES.imported, summary: { imported: 0, updated: 5, failed: 0, total_variables: 5 } },
      ]);
      const values = {
        ...{ DATABASE_URL: 'postgresql://user:pass@host/db', API_KEY: 'sk_live_abcd1234567890' },
        ...{ DEBUG: 'false', EMPTY: '', KEY: '-----BEGIN\nMII=\n-----END' },
      };
      expect(await home.valuesOf(environment)).toEqual(values);

      const at = `/api/environments/${environment}/export/`;
      const exported = await client.get(at, call);
      expect(exported.headers.get('content-type')).toBe('text/plain; charset=utf-8');
      expect(exported.headers.get('content-disposition')).toBe('attachment; filename="production.env"');
      const lines = exported.text.split('\n');
      expect(lines.slice(0, 3)).toEqual([
        '# Generated by KeyNest - Environment: production',
        '# Project: Web Application',
        "# Organization: John's Organization",
      ]);
      expect(lines[3]).toMatch(/^# Generated on: \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/);
      expect(lines).toContain('DATABASE_URL=postgresql://user:pass@host/db');
      expect((await client.get(`${at}?format=json`, call)).body).toEqual(values);
      const yaml = (await client.get(`${at}?format=yaml`, call)).text;
      const copies = [{ data: exported.text }, { data: yaml, format: 'yaml', overwrite: false }];
      for (const [index, json] of copies.entries()) {
        const copy = await home.make(`copy-${index}`);
        const answer = await client.post(`/api/environments/${copy}/import/`, json, call);
        expect([answer.status, answer.body.summary.imported]).toEqual([200, 5]);
        expect(await home.valuesOf(copy)).toEqual(values);
      }
      const log = (await client.get('/api/audit-logs/?action=import&target_type=environment', call)).body;
      expect(log.results.at(-1)).toMatchObject({
        ...{ action: 'environment_imported', target_id: environment },
        details: { environment_name: 'production', created: 5 },
      });
      const reads = (await client.get('/api/audit-logs/?action=export', call)).body;
      expect([reads.count, reads.results[0].details.format]).toEqual([3, 'yaml']);
    });

    it('import all of a file or nothing of it', async () => {
      const home = await KeynestHome.found(client, 'importer');
      const environment = await home.make('whole');
      await home.put(environment, 'A', 'old');
      const refused = await home.import(environment, 'A=new\nB=1\n1BAD=secret-of-nobody\n');
      expect(refused.status).toBe(400);
      expect(refused.body).toMatchObject({ error: 'Import failed', code: 'IMPORT_REFUSED' });
      expect(refused.body.details['1BAD'][0]).toContain('line 3, variable 1BAD');
      expect(refused.text).not.toContain('secret-of-nobody');
      const kept = await home.import(environment, 'A=new\nB=1\n', { overwrite: 'false' });
      expect([kept.status, kept.body.code]).toEqual([409, 'VARIABLE_EXISTS']);
      expect(await home.valuesOf(environment)).toEqual({ A: 'old' });
      const added = await home.import(environment, '{"C": "x"}', { overwrite: 'false', format: 'json' });
      expect(added.body.summary).toMatchObject({ imported: 1, updated: 0 });
      const faults: [Call, string][] = [
        [{ form: fileForm('.env', 'A=1', { overwrite: 'yes' }) }, 'overwrite'],
        [{ form: fileForm('.env', 'A=1', { format: 'ini' }) }, 'format'],
        [{ form: fileForm('.env', 'A=1', { colour: 'red' }) }, 'colour'],
        [{ form: fileForm('.env', Buffer.from([0x41, 0x3d, 0xff])) }, 'file'],
        [{ json: { format: 'env' } }, 'data'],
        [{ json: { data: 'A=1', overwrite: 'true' } }, 'overwrite'],
      ];
      for (const [body, field] of faults) {
        const at = `/api/environments/${environment}/import/`;
        const answer = await client.send('POST', at, { ...home.call, ...body });
        expectSample(answer, 400, { ...SAMPLES.error, details: { [field]: ['text'] } });
      }
      const large = await home.import(environment, `A=${'x'.repeat(10 * 2 ** 20)}`);
      expect([large.status, large.body.code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
      expect(await home.valuesOf(environment)).toEqual({ A: 'old', C: 'x' });
    });

    it('hide their values from viewers, and let administrators alone delete them', async () => {
      const home = await KeynestHome.found(client, 'guard');
      const environment = await home.make('guarded');
      const { id } = (await home.put(environment, 'TOKEN', 'hush-hush')).body;
      const at = `/api/environments/${environment}/`;
      const [viewer, editor] = [await home.invite('vera', 'viewer'), await home.invite('eddy', 'editor')];
      const { call: stranger } = await KeynestHome.found(client, 'stranger');
      const hidden = expect.objectContaining({ decrypted_value: '[HIDDEN]' });
      for (const list of [`${at}variables/`, `/api/variables/?environment=${environment}`])
        expect((await client.get(list, viewer)).body.results).toEqual([hidden]);
      expect((await client.get(`/api/variables/${id}/`, viewer)).body).toEqual(hidden);
      expect((await client.get(`${at}export/?format=json`, viewer)).body).toEqual({ TOKEN: '[HIDDEN]' });
      expect((await home.put(environment, 'MORE', 'x', viewer)).status).toBe(403);
      expect((await client.delete(`/api/variables/${id}/`, viewer)).status).toBe(403);

      expect((await client.get(`${at}variables/`, editor)).body.results[0].decrypted_value).toBe('hush-hush');
      // Without an environment there are no values, whoever asks.
      const listed = (await client.get(`/api/variables/?project=${home.project}&key=TOKEN`, editor)).body;
      expect(listed).toMatchObject({ count: 1, results: [{ id, environment, decrypted_value: '[HIDDEN]' }] });
      const renamed = await client.patch(`/api/variables/${id}/`, { key: 'RENAMED' }, editor);
      expect(renamed.body).toMatchObject({ key: 'RENAMED', decrypted_value: 'hush-hush' });
      const mine = (await home.put(environment, 'MORE', '', editor)).body;
      expect((await client.delete(`/api/variables/${mine.id}/`, editor)).status).toBe(204);
      expect((await client.delete(at, editor)).status).toBe(403);

      for (const path of [at, `${at}variables/`, `${at}export/`, `/api/variables/${id}/`])
        expectSample(await client.get(path, stranger), 404, SAMPLES.error);
      const [one, all] = [`environment=${environment}`, `project=${home.project}`];
      for (const list of [`variables/?${one}`, `variables/?${all}`, `variables/?${one}&${all}`])
        expect((await client.get(`/api/${list}`, stranger)).body.count).toBe(0);
      expect((await client.get(`/api/environments/?${all}`, stranger)).body.count).toBe(0);
      const intruding = await home.put(environment, 'MORE', 'x', stranger);
      expectSample(intruding, 400, { ...SAMPLES.error, details: { environment: ['text'] } });
    });

    it('refuse names twice, and what are no names, types and values', async () => {
      const home = await KeynestHome.found(client, 'refused');
      const { call, project } = home;
      const environment = await home.make('twice');
      const other = (await client.post('/api/projects/', { name: 'Other' }, call)).body.id;
      const { id } = (await home.put(environment, 'K', '')).body;
      const refusals: [string, string, object, number][] = [
        ['POST', 'environments/', { name: 'TWICE', project }, 409],
        ['POST', 'environments/', { name: 'a', project }, 400],
        ['POST', 'environments/', { name: 'a b', project }, 400],
        ['POST', 'environments/', { name: 'none' }, 400],
        ['POST', 'environments/', { name: 'none', project, environment_type: 'test' }, 400],
        ['PUT', `environments/${environment}/`, { project: other }, 400],
        ['PUT', `environments/${environment}/`, { project }, 400],
        ['POST', 'variables/', { key: 'K', value: '', environment }, 409],
        ['POST', 'variables/', { key: 'K-1', value: '', environment }, 400],
        ['POST', 'variables/', { key: 'L', value: 'é'.repeat(32_769), environment }, 400],
        ['PUT', `variables/${id}/`, { environment: environment + 1, value: 'x' }, 400],
        ['PUT', `variables/${id}/`, { environment }, 400],
      ];
      for (const [method, path, json, status] of refusals) {
        const answer = await client.send(method, `/api/${path}`, { ...call, json });
        expect([method, path, json, answer.status]).toEqual([method, path, json, status]);
        expect(answer.body.code).toMatch(
          status === 409 ? /^(ENVIRONMENT|VARIABLE)_EXISTS$/ : /^VALIDATION_ERROR$/,
        );
      }
      const put = await client.send('PUT', `/api/variables/${id}/`, {
        ...call,
        json: { value: 'a\nb', environment },
      });
      expect([put.status, put.body.decrypted_value]).toEqual([200, 'a\nb']);
    });
  });

  describe('of the audit log', () => {
    let [admin, member] = [{} as Call, {} as Call];
    let organization: number;
    let memberNumber: number;

    beforeAll(async () => {
      const [first, second] = [(await register('anna', '/')).body, (await register('ben', '/')).body];
      [admin, member] = [as(first.token), as(second.token)];
      [organization, memberNumber] = [first.organization.id, second.user.id];
      const at = `/api/organizations/${organization}/`;
      const invited = await client.post(
        `${at}invite_member/`,
        { email: 'ben@example.com', role: 'viewer' },
        admin,
      );
      expect(invited.status).toBe(201);
      const accepted = await client.post('/api/v1/invitations/accept', { token: invited.body.token }, member);
      expect(accepted.status).toBe(200);
      await client.post('/api/projects/', { name: 'Secret', organization }, admin);
      const role = { user_id: memberNumber, role: 'editor' };
      expect((await client.patch(`${at}update_member_role/`, role, admin)).status).toBe(200);
    });

    interface Entry {
      readonly action: string;
      readonly target_type: string;
      readonly target_id: number | null;
      readonly ip_address: string | null;
      readonly details: object;
    }
    const read = async (call: Call, query = ''): Promise<Entry[]> =>
      (await client.get(`/api/audit-logs/?${query}`, call)).body.results;
    const actions = (entries: Entry[]): string[] => entries.map(({ action }) => action).sort();

    it('are all of an organization for its administrators, and one’s own part elsewhere', async () => {
      const [all, own] = [await read(admin), await read(member)];
      expect(actions(all)).toEqual(expect.arrayContaining(['project_created', 'member_role_changed']));
      expect(actions(own)).toEqual(expect.arrayContaining(['invitation_accepted', 'member_role_changed']));
      expect(actions(own)).not.toContain('project_created');
    });

    it('tell the one concerned what was done to them, and not from where', async () => {
      const changed = { action: 'member_role_changed', target_type: 'membership', target_id: memberNumber };
      const details = { previous_role: 'viewer', role: 'editor' };
      expect(await read(admin, 'target_type=membership')).toMatchObject([
        { ...changed, details, ip_address: '127.0.0.1' },
      ]);
      expect(await read(member, 'target_type=membership')).toMatchObject([
        { ...changed, details, ip_address: null },
      ]);
    });

    it('are found by verbs, by people and by days', async () => {
      expect(actions(await read(admin, 'action=update&target_type=user'))).toEqual([]);
      expect(actions(await read(admin, 'action=update'))).toEqual(['member_role_changed']);
      expect(actions(await read(admin, 'action=project.created&target_type=project'))).toEqual([
        'project_created',
      ]);
      expect(actions(await read(admin, `user=${memberNumber}`))).toEqual(['invitation_accepted']);
      expect(await read(admin, 'user=999999999')).toEqual([]);
      expect(await read(admin, 'date_to=2020-01-01')).toEqual([]);
    });

    it.each(['action=explode', 'user=John', 'date_from=today', 'page=0', 'colour=red'])(
      'are not filtered by %s',
      async (query) => {
        const answer = await client.get(`/api/audit-logs/?${query}`, admin);
        const field = query.split('=')[0] ?? '';
        expectSample(answer, 400, { ...SAMPLES.error, details: { [field]: ['text'] } });
      },
    );
  });
});
