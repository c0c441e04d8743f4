import { Client } from '../support/client.js';
import { type MockRequest, MockUpstream } from '../support/mock-upstream.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

const QUESTION =
  'Tell John Smith (john@example.com) what brake pads fit a 2019 Honda Civic, and what they will cost him.';
const PASSWORD = 'correct horse battery staple';

const seen = ({ json }: MockRequest): string => json.messages.at(-1).content;
const parrot = (request: MockRequest) => ({ content: [...seen(request)] });

describe('chats', () => {
  let redoubt: RedoubtProcess;
  let client: Client;
  let mock: MockUpstream;

  beforeAll(async () => {
    [redoubt, mock] = await Promise.all([RedoubtProcess.start(), MockUpstream.start()]);
    client = new Client(redoubt.url, redoubt.adminKey);
    const upstream = { name: 'mock', base_url: mock.url, private: false, models: ['mock-model'] };
    expect((await client.post('/api/v1/configs/upstreams', upstream)).status).toBe(201);
  });
  afterAll(async () => {
    await redoubt?.dispose();
    await mock?.stop();
  });
  beforeEach(() => mock.reset());

  const begin = async (json: object) => {
    const answer = await client.post('/api/v1/chats', json);
    expect([answer.status, answer.text]).toEqual([201, expect.anything()]);
    return answer.body;
  };
  const messagesOf = async (id: string, query = '') =>
    (await client.get(`/api/v1/chats/${id}/messages${query}`)).body.data;

  it('begin with a message in one call, are called after it, and hide people from the model', async () => {
    mock.next(parrot);
    const chat = await begin({ message: QUESTION, model: 'mock-model' });
    expect(chat).toMatchObject({ message_count: 2, archived: false, shared: false });
    expect(QUESTION.startsWith(chat.title)).toBe(true);
    expect([...chat.title].length).toBeLessThanOrEqual(60);
    expect(QUESTION[chat.title.length]).toBe(' ');
    expect(chat.message).toMatchObject({ role: 'user', content: QUESTION, parent_id: null });
    expect(chat.answer).toMatchObject({ role: 'assistant', content: QUESTION, parent_id: chat.message.id });
    expect(chat.current_message_id).toBe(chat.answer.id);
    expect(mock.last.body.toString()).not.toMatch(/Smith|example\.com/);
  });

  it('are not there when the model fails', async () => {
    const { total } = (await client.get('/api/v1/chats')).body;
    expect((await client.post('/api/v1/chats', { message: 'Hello', model: 'no-such-model' })).status).toBe(
      404,
    );
    expect((await client.get('/api/v1/chats')).body.total).toBe(total);
  });

  it('tell the model all that led to a message, and nothing of its alternatives', async () => {
    const chat = await begin({ message: 'First', model: 'mock-model' });
    await client.post(`/api/v1/chats/${chat.id}/messages`, { content: 'Second' });
    const other = (
      await client.post(`/api/v1/chats/${chat.id}/messages`, { content: 'Third', parent_id: chat.answer.id })
    ).body;
    const told = mock.last.json.messages.map(({ content }: { content: string }) => content);
    expect(told[0]).toBe('First');
    expect(told.at(-1)).toBe('Third');
    expect(told).toHaveLength(3);
    expect(other.chat).toMatchObject({ message_count: 6, current_message_id: other.answer.id });
    expect(await messagesOf(chat.id)).toHaveLength(6);
    const shown = (await messagesOf(chat.id, '?branch=true')).map(({ id }: { id: string }) => id);
    expect(shown).toEqual([chat.message.id, chat.answer.id, other.message.id, other.answer.id]);
    const again = (await client.post(`/api/v1/chats/${chat.id}/messages`, { parent_id: other.message.id }))
      .body;
    expect(again).toMatchObject({ message: null, answer: { parent_id: other.message.id } });
    expect(await messagesOf(chat.id, `?parent_id=${other.message.id}`)).toHaveLength(2);
    expect(await messagesOf(chat.id, '?parent_id=root')).toHaveLength(1);
  });

  it('take messages that are sent at the same time, all of them', async () => {
    const chat = await begin({ title: 'Race' });
    const said = Array.from({ length: 6 }, (_, at) => `Message ${at}`);
    const path = `/api/v1/chats/${chat.id}/messages`;
    const answers = await Promise.all(said.map((content) => client.post(path, { content })));
    expect(answers.map(({ status }) => status)).toEqual(said.map(() => 201));
    const found: { content: string; role: string }[] = await messagesOf(chat.id);
    expect(found).toHaveLength(12);
    const asked = found.filter(({ role }) => role === 'user').map(({ content }) => content);
    expect(asked.sort()).toEqual(said);
  });

  it('stream, and keep what was streamed', async () => {
    mock.next(parrot);
    const response = await fetch(`${redoubt.url}/api/v1/chats`, {
      method: 'POST',
      headers: { authorization: `Bearer ${redoubt.adminKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ message: QUESTION, model: 'mock-model', stream: true }),
    });
    const id = response.headers.get('x-redoubt-chat') ?? '';
    const text = await response.text();
    expect([response.status, text.endsWith('data: [DONE]\n\n')]).toEqual([201, true]);
    const [, answer] = await messagesOf(id);
    expect(answer).toMatchObject({ content: QUESTION, complete: true });
    expect(answer.receipt_id).toBe(response.headers.get('x-redoubt-receipt'));
  });

  it('keep the turns of completions that name them, and refuse names of chats that are not there', async () => {
    const chat = await begin({});
    mock.next(parrot);
    const ask = (chatId: string) =>
      client.post('/v1/chat/completions', {
        model: 'mock-model',
        messages: [{ role: 'user', content: QUESTION }],
        metadata: { chat_id: chatId },
      });
    expect((await ask(chat.id)).status).toBe(200);
    const kept = await messagesOf(chat.id);
    expect(kept.map(({ content }: { content: string }) => content)).toEqual([QUESTION, QUESTION]);
    expect(QUESTION.startsWith((await client.get(`/api/v1/chats/${chat.id}`)).body.title)).toBe(true);
    expect((await ask(`${chat.id.slice(0, -4)}zzzz`)).status).toBe(404);
    expect((await ask('any-name')).status).toBe(200);
  });

  it('are listed, found by date as documented, changed, archived and deleted', async () => {
    const chat = await begin({ title: 'Brake pad compatibility' });
    const listed = (await client.get('/api/v1/chats?page=1&page_size=50')).body;
    expect(listed.data[0]).toMatchObject({ id: chat.id, title: 'Brake pad compatibility' });
    const day = chat.created_at.slice(0, 10);
    const dated = async (range: string) =>
      (await client.get(`/api/v1/chats?${range}&page_size=100`)).body.total;
    expect(await dated(`created_after=${day}&created_before=${day}`)).toBe(listed.total);
    expect(await dated('created_after=2026-03-01&created_before=2026-03-15')).toBe(0);
    const path = `/api/v1/chats/${chat.id}`;
    const changed = await client.patch(
      path,
      { title: 'For Maria Lopez' },
      { headers: { 'if-match': '"1"' } },
    );
    expect(changed.body).toMatchObject({ title: 'For Maria Lopez', version: 2 });
    expect((await client.patch(path, { title: 'x' }, { headers: { 'if-match': '"1"' } })).status).toBe(412);
    expect((await client.post(`${path}/archive`, undefined)).body.archived).toBe(true);
    expect((await client.get('/api/v1/chats')).body.total).toBe(listed.total - 1);
    expect((await client.get('/api/v1/chats?archived=true')).body.data[0].id).toBe(chat.id);
    expect((await client.post(`${path}/messages`, { content: 'x' })).body.error.code).toBe('CHAT_ARCHIVED');
    expect((await client.delete(`${path}/archive`)).body.archived).toBe(false);
    expect((await client.delete(path)).status).toBe(204);
    expect((await client.get(path)).status).toBe(404);
  });

  it('stay as long as their project is under legal hold', async () => {
    const project = (await client.post('/api/v1/projects', { name: 'Held' })).body;
    const chat = await begin({ title: 'Evidence', project_id: project.id });
    const hold = (legal_hold: boolean) => client.patch(`/api/v1/projects/${project.id}`, { legal_hold });
    await hold(true);
    const refused = await client.delete(`/api/v1/chats/${chat.id}`);
    expect([refused.status, refused.body.error.code]).toEqual([409, 'LEGAL_HOLD']);
    expect((await client.get(`/api/v1/chats/${chat.id}`)).status).toBe(200);
    await hold(false);
    expect((await client.delete(`/api/v1/chats/${chat.id}`)).status).toBe(204);
  });

  it("are their owner's alone until they are shared, to be read and no more", async () => {
    const organization = (await client.get('/api/v1/organizations')).body.data[0].id;
    const invited = { email: 'reader@example.com', role: 'admin' };
    const invitation = (await client.post(`/api/v1/organizations/${organization}/invitations`, invited)).body;
    const person = {
      email: invited.email,
      username: 'reader',
      password: PASSWORD,
      confirm_password: PASSWORD,
    };
    const key = (await client.post('/api/auth/register/', person, { key: '' })).body.token;
    await client.post('/api/v1/invitations/accept', { token: invitation.token }, { key });
    expect(key).toEqual(expect.any(String));
    const { id: userId } = (await client.get('/api/v1/auth/profile', { key })).body;
    const chat = await begin({ message: 'What does Maria Lopez need?' });
    const path = `/api/v1/chats/${chat.id}`;
    expect(chat.owner_id).not.toBe(userId);
    expect((await client.get(path, { key })).status).toBe(404);
    expect((await client.post(`${path}/share`, { user_id: userId })).status).toBe(201);
    expect((await client.get(path, { key })).body).toMatchObject({
      title: 'What does Maria Lopez need?',
      shared: true,
    });
    expect((await client.get(`${path}/messages`, { key })).body.data[0].content).toBe(
      'What does Maria Lopez need?',
    );
    expect(
      (
        await client.get('/api/v1/chats?shared_with_me=true', {
          key,
          headers: { 'x-organization-id': organization },
        })
      ).body.data[0].id,
    ).toBe(chat.id);
    const write = await client.post(`${path}/messages`, { content: 'x' }, { key });
    expect([write.status, (await client.delete(path, { key })).status]).toEqual([404, 404]);
    const reads = (await client.get('/api/v1/audit-logs?action=chat.read')).body;
    expect(reads.total).toBeGreaterThan(0);
    expect((await client.delete(`${path}/share?user_id=${userId}`)).status).toBe(204);
    expect((await client.get(path, { key })).status).toBe(404);
  });
});
