import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '../support/client.js';
import { fileForm, upload } from '../support/files.js';
import { MockUpstream } from '../support/mock-upstream.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

const PASSWORD = 'correct horse battery staple';
const INSTRUCTIONS = 'You are the parts desk. Whoever asks works for Maria Lopez.';
const FACT = 'The brake pads BP1087 fit the Honda Civic of 2019.';
const QUESTION = 'What brake pads fit the Honda Civic of 2019?';

const PROMPT = {
  command: '/Summarize',
  title: 'Summarize',
  content: 'On {{CURRENT_DATE}} in {{sentences}} sentences:\n{{ text }}',
  variables: [
    { name: 'text', type: 'textarea', max: 50 },
    { name: 'sentences', type: 'number', default: 3, min: 1 },
  ],
};

describe('what members keep for chats', () => {
  let redoubt: RedoubtProcess;
  let client: Client;
  let mock: MockUpstream;
  let organization: string;
  /** Login tokens of other members, by role. */
  const keys: Record<string, string> = {};

  beforeAll(async () => {
    [redoubt, mock] = await Promise.all([RedoubtProcess.start(), MockUpstream.start()]);
    client = new Client(redoubt.url, redoubt.adminKey);
    const upstream = { name: 'mock', base_url: mock.url, private: false, models: ['mock-model'] };
    expect((await client.post('/api/v1/configs/upstreams', upstream)).status).toBe(201);
    organization = (await client.get('/api/v1/organizations')).body.data[0].id;
    for (const role of ['viewer', 'editor', 'admin']) keys[role] = await join(role);
  });
  afterAll(async () => {
    await redoubt?.dispose();
    await mock?.stop();
  });
  beforeEach(() => mock.reset());

  async function join(role: string): Promise<string> {
    const email = `${role}@example.com`;
    const invited = await client.post(`/api/v1/organizations/${organization}/invitations`, { email, role });
    const person = { email, username: role, password: PASSWORD, confirm_password: PASSWORD };
    const key = (await client.post('/api/auth/register/', person, { key: '' })).body.token;
    await client.post('/api/v1/invitations/accept', { token: invited.body.token }, { key });
    return key;
  }

  /** As another member, within the organization. */
  const as = (role: string) => ({
    key: keys[role] ?? '',
    headers: { 'x-organization-id': organization },
  });
  const make = async (path: string, json: object, call = {}) => {
    const { status, text, body } = await client.post(`/api/v1/${path}`, json, call);
    expect([status, text]).toEqual([201, expect.anything()]);
    return body;
  };
  const ask = (model: string, more: object = {}) =>
    client.post('/v1/chat/completions', { model, messages: [{ role: 'user', content: QUESTION }], ...more });
  const codeOf = ({ body }: { body: { error: { code: string } } }): string => body.error.code;

  describe('prompts', () => {
    it('are found by their command, and become texts in which values stand as they were given', async () => {
      const prompt = await make('prompts', PROMPT);
      const found = (await client.get('/api/v1/prompts?command=%2Fsummarize')).body;
      expect([found.total, found.data[0].id]).toEqual([1, prompt.id]);
      expect((await client.get('/api/v1/prompts?command=%2Fother')).body.total).toBe(0);
      const render = (values: object) => client.post(`/api/v1/prompts/${prompt.id}/render`, { values });
      const { text } = (await render({ text: '{{sentences}} \\{{' })).body;
      expect(text).toMatch(/^On \d{4}-\d\d-\d\d in 3 sentences:\n\{\{sentences\}\} \\\{\{$/);
      for (const [values, field] of [
        [{}, 'values.text'],
        [{ text: 'x'.repeat(51) }, 'values.text'],
        [{ text: 'x', sentences: '3' }, 'values.sentences'],
        [{ text: 'x', more: 1 }, 'values.more'],
      ] as const) {
        const { status, body } = await render(values);
        expect([status, body.error.details.field]).toEqual([400, field]);
      }
      const named = await make(
        'prompts',
        { command: '/me', title: 'Me', content: 'I am {{USER_NAME}}.' },
        as('viewer'),
      );
      const me = (await client.get('/api/v1/auth/profile', as('viewer'))).body;
      expect((await client.post(`/api/v1/prompts/${named.id}/render`, {}, as('viewer'))).body.text).toBe(
        `I am ${me.full_name ?? me.name ?? 'viewer'}.`,
      );
    });

    it('have a command that is one’s own once and the team’s once, whoever races for it', async () => {
      const given = { ...PROMPT, command: '/race' };
      const racing = await Promise.all([1, 2, 3, 4].map(() => client.post('/api/v1/prompts', given)));
      expect(racing.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
      const mine = racing.find(({ status }) => status === 201)?.body;
      const team = await make('prompts', { ...given, visibility: 'team' }, as('editor'));
      await make('prompts', given, as('viewer'));
      expect((await client.get('/api/v1/prompts?command=%2FRACE')).body.total).toBe(2);
      const published = await client.patch(`/api/v1/prompts/${mine.id}`, { visibility: 'team' });
      expect([published.status, codeOf(published)]).toEqual([409, 'PROMPT_COMMAND_TAKEN']);
      expect((await client.patch(`/api/v1/prompts/${team.id}`, { command: '/free' })).status).toBe(200);
      const now = await client.patch(
        `/api/v1/prompts/${mine.id}`,
        { visibility: 'team' },
        { headers: { 'if-match': '"1"' } },
      );
      expect([now.status, now.headers.get('etag')]).toEqual([200, '"2"']);
      const stale = await client.delete(`/api/v1/prompts/${mine.id}`, { headers: { 'if-match': '"1"' } });
      expect(stale.status).toBe(412);
    });

    it('are their owner’s, or the team’s under its administrators', async () => {
      const own = await make('prompts', { ...PROMPT, command: '/own' }, as('viewer'));
      for (const role of ['editor', 'admin'])
        expect((await client.get(`/api/v1/prompts/${own.id}`, as(role))).status).toBe(404);
      expect((await client.get('/api/v1/prompts?command=%2Fown')).body.total).toBe(0);
      const path = `/api/v1/prompts/${own.id}`;
      expect((await client.patch(path, { visibility: 'team' }, as('viewer'))).status).toBe(403);
      const team = await make('prompts', { ...PROMPT, command: '/all', visibility: 'team' }, as('editor'));
      const shared = `/api/v1/prompts/${team.id}`;
      expect((await client.get(shared, as('viewer'))).body).toMatchObject({ command: '/all', version: 1 });
      expect((await client.patch(shared, { title: 'x' }, as('viewer'))).status).toBe(403);
      expect((await client.patch(shared, { visibility: 'private' }, as('admin'))).status).toBe(403);
      expect((await client.patch(shared, { title: 'Better' }, as('admin'))).body.title).toBe('Better');
      expect((await client.delete(shared, as('admin'))).status).toBe(204);
      const actions = (await client.get('/api/v1/audit-logs?action=prompt.deleted')).body;
      expect(actions.data[0]).toMatchObject({ action: 'prompt.deleted', target_id: team.id });
    });
  });

  describe('assistants', () => {
    it('answer as a model does: with instructions first, their parameters, and people hidden', async () => {
      const assistant = await make('assistants', {
        ...{ name: 'Parts desk', model: 'mock-model', instructions: INSTRUCTIONS },
        parameters: { temperature: 0.5, max_tokens: 40 },
      });
      const own = [
        { role: 'system', content: 'Mine.' },
        { role: 'user', content: 'What brake pads fit a small car of 2019?' },
      ];
      const { status, body, headers } = await ask(assistant.id, { messages: own, temperature: 0 });
      expect([status, body.model]).toEqual([200, assistant.id]);
      const { messages, ...sent } = mock.last.json;
      expect(sent).toMatchObject({ model: 'mock-model', temperature: 0, max_tokens: 40 });
      expect(messages[0].role).toBe('system');
      expect(messages[0].content).toMatch(/^You are the parts desk\..*PERSON_NAME-[0-9A-Z]{16}\.$/);
      expect(messages.slice(1)).toEqual(own);
      const receipt = headers.get('x-redoubt-receipt');
      expect((await client.get(`/api/v1/chat/receipts/${receipt}`)).body).toMatchObject({
        model: 'mock-model',
        model_requested: assistant.id,
      });
      const streamed = await ask(assistant.id, { stream: true });
      const models = [...streamed.text.matchAll(/"model":"([^"]*)"/g)].map(([, model]) => model);
      expect([models.length > 2, [...new Set(models)]]).toEqual([true, [assistant.id]]);
      const dry = await client.post('/api/v1/chat/completions/dry-run', {
        model: assistant.id,
        messages: own,
      });
      expect(dry.body).toMatchObject({ model_requested: assistant.id, model: 'mock-model', outcome: 'send' });
      expect(dry.body.request.body).toContain('You are the parts desk.');
      expect(dry.body.request.body).not.toContain('Lopez');
    });

    it('answer in chats, which stay when they are gone', async () => {
      const given = { name: 'Desk', model: 'mock-model', instructions: INSTRUCTIONS };
      const assistant = await make('assistants', given);
      const chat = await make('chats', { message: QUESTION, model: assistant.id });
      expect(chat).toMatchObject({ model: assistant.id, message_count: 2, answer: { model: 'mock-model' } });
      expect(mock.last.json.messages[0].role).toBe('system');
      expect((await client.delete(`/api/v1/assistants/${assistant.id}`)).status).toBe(204);
      expect((await client.get(`/api/v1/chats/${chat.id}`)).body.message_count).toBe(2);
      const path = `/api/v1/chats/${chat.id}/messages`;
      const again = await client.post(path, { content: QUESTION });
      expect([again.status, codeOf(again)]).toEqual([404, 'MODEL_NOT_FOUND']);
      expect((await client.post(path, { content: QUESTION, model: 'mock-model' })).status).toBe(201);
    });

    it('draw from their knowledge, of which a base that is deleted drops out', async () => {
      const [base, other] = [
        await make('knowledge', { name: 'Pads' }),
        await make('knowledge', { name: 'More' }),
      ];
      const documents = `/api/v1/knowledge/${base.id}/documents`;
      const { id } = (await upload(client, fileForm('pads.md', FACT), { path: documents })).body;
      for (let status = ''; status !== 'indexed'; await sleep(100))
        ({ status } = (await client.get(`${documents}/${id}`)).body);
      const knowledge_ids = [other.id, base.id];
      const given = { name: 'Pads', model: 'local-extractive', knowledge_ids, visibility: 'team' };
      const assistant = await make('assistants', given);
      expect(assistant.knowledge_ids).toEqual(knowledge_ids);
      const { body } = await ask(assistant.id);
      expect([body.model, body.choices[0].message.content]).toEqual([assistant.id, FACT]);
      expect(body.citations[0]).toMatchObject({ document_id: id, text: FACT });
      const path = `/api/v1/assistants/${assistant.id}`;
      const etag = (await client.get(path)).headers.get('etag') ?? '';
      expect((await client.get(path, { headers: { 'if-none-match': etag } })).status).toBe(304);
      expect((await client.delete(`/api/v1/knowledge/${other.id}`)).status).toBe(204);
      const after = await client.get(path, { headers: { 'if-none-match': etag } });
      expect([after.status, after.body.knowledge_ids]).toEqual([200, [base.id]]);
      expect((await ask(assistant.id)).body.choices[0].message.content).toBe(FACT);
      const bare = await make('api-keys', { name: 'No knowledge', scopes: ['chat:write'] });
      const messages = [{ role: 'user', content: QUESTION }];
      const refused = await client.post(
        '/v1/chat/completions',
        { model: assistant.id, messages },
        { key: bare.key },
      );
      expect([refused.status, codeOf(refused)]).toEqual([403, 'PERMISSION_DENIED']);
    });

    it('are among the models of those who may use them, and to others like none', async () => {
      const given = { name: 'Quoting', description: 'Quotes', model: 'local-extractive' };
      const own = await make('assistants', given, as('viewer'));
      const team = await make('assistants', { ...given, visibility: 'team' });
      const idsOf = async (call: object): Promise<string[]> =>
        (await client.get('/v1/models', call)).body.data.map(({ id }: { id: string }) => id);
      expect(await idsOf(as('viewer'))).toEqual(expect.arrayContaining([own.id, team.id]));
      expect(await idsOf({})).not.toContain(own.id);
      expect((await client.get(`/v1/models/${team.id}`, as('viewer'))).body).toMatchObject({
        ...{ type: 'assistant', owned_by: 'assistant', name: 'Quoting', description: 'Quotes' },
        ...{ base_model: 'local-extractive', private: true, capabilities: { grounded: true } },
      });
      const missing = `${own.id.slice(0, -4)}zzzz`;
      const withoutIds = ({ status, text }: { status: number; text: string }): string =>
        `${status} ${text.replaceAll(/[a-z]+_[0-9a-z]{26}/g, '<id>')}`;
      const [foreign, none] = [await ask(own.id), await ask(missing)];
      expect([foreign.status, codeOf(foreign)]).toEqual([404, 'MODEL_NOT_FOUND']);
      expect(withoutIds(foreign)).toBe(withoutIds(none));
      expect((await client.get(`/api/v1/assistants/${own.id}`, as('admin'))).status).toBe(404);
      // Whoever belongs to several organizations asks where the assistant is.
      const messages = [{ role: 'user', content: QUESTION }];
      const elsewhere = await client.post(
        '/v1/chat/completions',
        { model: team.id, messages },
        { key: keys.viewer },
      );
      expect([elsewhere.status, elsewhere.body.model]).toEqual([200, team.id]);
    });

    it('are refused with what they cannot have', async () => {
      const assistant = await make('assistants', { name: 'One', model: 'local-extractive' });
      for (const [more, status, field] of [
        [{ model: assistant.id }, 400, 'model'],
        [{ model: 'no-such-model' }, 404, 'model'],
        [{ knowledge_ids: ['kb_00000000000000000000000000'] }, 404, 'knowledge_ids[0]'],
        [{ parameters: { temperature: 3 } }, 400, 'parameters.temperature'],
        [{ parameters: { tools: [] } }, 400, 'parameters.tools'],
        [{ conversation_starters: Array(11).fill('Hello') }, 400, 'conversation_starters'],
        [{ visibility: 'public' }, 400, 'visibility'],
      ] as const) {
        const answer = await client.patch(`/api/v1/assistants/${assistant.id}`, more);
        expect([more, answer.status, answer.body.error.details.field]).toEqual([more, status, field]);
      }
      const team = { name: 'x', model: 'local-extractive', visibility: 'team' };
      expect((await client.post('/api/v1/assistants', team, as('viewer'))).status).toBe(403);
    });
  });

  it('go with their owner’s membership, but for what the team sees', async () => {
    const path = '/api/v1/prompts?command=%2Fleaving';
    await make('prompts', { ...PROMPT, command: '/leaving' }, as('editor'));
    await make('prompts', { ...PROMPT, command: '/leaving', visibility: 'team' }, as('editor'));
    expect((await client.get(path, as('editor'))).body.total).toBe(2);
    const { id } = (await client.get('/api/v1/auth/profile', as('editor'))).body;
    expect((await client.delete(`/api/v1/organizations/${organization}/members/${id}`)).status).toBe(204);
    const email = 'editor@example.com';
    const invited = await client.post(`/api/v1/organizations/${organization}/invitations`, {
      email,
      role: 'editor',
    });
    await client.post('/api/v1/invitations/accept', { token: invited.body.token }, { key: keys.editor });
    const { data } = (await client.get(path, as('editor'))).body;
    expect(data.map(({ visibility }: { visibility: string }) => visibility)).toEqual(['team']);
  });
});
