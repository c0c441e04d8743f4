import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '../support/client.js';
import { fileForm, upload } from '../support/files.js';
import { type MockRequest, MockUpstream } from '../support/mock-upstream.js';
import { RedoubtProcess } from '../support/redoubt-process.js';
import { calling, ToolServer } from '../support/tool-server.js';

const PERSON = 'Greta Lindqvist';
const TEXT = `# Warranty 😀

John Smith signed the warranty of the brake pads for two years.

# Returns

Returned pads go to the warehouse in Leeds within thirty days.
`;
const QUESTION = 'Who signed the warranty of the brake pads?';
const ANSWER = 'John Smith signed the warranty of the brake pads for two years.';

describe('answers from knowledge bases', () => {
  let redoubt: RedoubtProcess;
  let client: Client;
  let mock: MockUpstream;
  let base: string;
  let documentId: string;
  let server: ToolServer;

  beforeAll(async () => {
    [redoubt, mock, server] = await Promise.all([
      RedoubtProcess.start({ REDOUBT_EGRESS_ALLOW: '127.0.0.1' }),
      MockUpstream.start(),
      ToolServer.start(),
    ]);
    client = new Client(redoubt.url, redoubt.adminKey);
    const upstream = { name: 'mock', base_url: mock.url, private: false, models: ['mock-model'] };
    await client.post('/api/v1/configs/upstreams', upstream);
    base = (await client.post('/api/v1/knowledge', { name: 'Service', chunk_size: 120, chunk_overlap: 0 }))
      .body.id;
    const path = `/api/v1/knowledge/${base}/documents`;
    documentId = (await upload(client, fileForm('service.md', TEXT), { path })).body.id;
    for (let status = ''; status !== 'indexed'; await sleep(200))
      ({ status } = (await client.get(`${path}/${documentId}`)).body);
  });
  afterAll(async () => {
    await redoubt?.dispose();
    await mock?.stop();
    server?.stop();
  });
  beforeEach(() => mock.reset());

  const ask = (model: string, more: object) =>
    client.post('/v1/chat/completions', { model, messages: [{ role: 'user', content: QUESTION }], ...more });
  const collection = () => ({ files: [{ type: 'collection', id: base }] });
  const quoted = (citation: { start: number; end: number }): string =>
    [...TEXT.trim()].slice(citation.start, citation.end).join('');
  const told = ({ json }: MockRequest): string => JSON.stringify(json.messages);

  it('quote what stands there, word for word, by the model of this server', async () => {
    const { status, body } = await ask('local-extractive', collection());
    expect([status, body.choices[0].message.content]).toEqual([200, ANSWER]);
    const [citation] = body.citations;
    expect(citation).toMatchObject({
      document_id: documentId,
      knowledge_base_id: base,
      filename: 'service.md',
    });
    expect([citation.text, quoted(citation)]).toEqual([ANSWER, ANSWER]);
    expect((await ask('local-extractive', {})).body.choices[0].message.content).toMatch(/^I found nothing/);
  });

  it.each([
    ['a collection', () => collection()],
    ['a file', () => ({ files: [{ type: 'file', id: documentId }] })],
    ['knowledge_ids', () => ({ knowledge_ids: [base] })],
  ])('come from a model server that learns of nobody: %s', async (_, named) => {
    mock.next((request) => {
      const name = /PERSON_NAME-[0-9A-Z]{16}/.exec(told(request))?.[0];
      return { content: [`It was ${name} [`, '1].'] };
    });
    const { status, body } = await ask('mock-model', named());
    expect([status, body.choices[0].message.content]).toEqual([200, 'It was John Smith [1].']);
    const [request] = mock.requests;
    expect(told(request as MockRequest)).toContain('signed the warranty');
    expect(told(request as MockRequest)).not.toContain('Smith');
    expect(request?.json.files ?? request?.json.knowledge_ids).toBeUndefined();
    expect(body.citations).toHaveLength(1);
    expect(body.citations[0]).toMatchObject({ index: 1, document_id: documentId });
    expect(quoted(body.citations[0])).toBe(body.citations[0].text);
    expect(body.citations[0].text).toContain(ANSWER);
  });

  it('name their sources at the end of a stream, however it is cut', async () => {
    mock.next(() => ({ content: [...'See [2] and [7].'] }));
    const { status, text } = await ask('mock-model', { ...collection(), stream: true });
    expect(status).toBe(200);
    const events = text.split('\n\n').filter((event) => event.startsWith('data: {'));
    const { choices, citations } = JSON.parse(events.at(-1)?.slice(6) ?? '');
    expect([choices, citations.map(({ index }: { index: number }) => index)]).toEqual([[], [2]]);
    expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
  });

  it('are kept in chats with their sources, whole or streamed, and leave with an export', async () => {
    const { id } = (await client.post('/api/v1/chats', { title: 'Warranty' })).body;
    const inChat = { ...collection(), metadata: { chat_id: id } };
    const answers: { citations?: object[] }[] = [];
    for (const stream of [false, true]) {
      mock.next(() => ({ content: ['By them [1].'] }));
      const { status } = await ask('mock-model', { ...inChat, stream });
      expect(status).toBe(200);
    }
    const own = (await ask('local-extractive', inChat)).body.citations;
    const { data } = (await client.get(`/api/v1/chats/${id}/messages`)).body;
    answers.push(...data.filter(({ role }: { role: string }) => role === 'assistant'));
    const [whole, streamed, quoting] = answers.map(({ citations }) => citations);
    expect(whole).toHaveLength(1);
    expect(whole?.[0]).toMatchObject({ index: 1, document_id: documentId, filename: 'service.md' });
    expect(quoted(whole?.[0] as { start: number; end: number })).toContain(ANSWER);
    expect(streamed).toEqual(whole);
    expect(quoting).toEqual(own);
    const record = (await client.get(`/api/v1/chats/${id}/export`)).body;
    expect(record.messages.at(-1).citations).toEqual(own);
    const { text } = await client.get(`/api/v1/chats/${id}/export?format=markdown`);
    expect(text).toContain(`[^2-1]: [1], service.md (${documentId}), characters`);
    expect(text).not.toMatch(/PERSON_NAME-/);
  });

  describe('on the way to which tools were called', () => {
    const looking = { ...calling(['look', {}]), content: ['See [1].'] };
    let tool: string;

    beforeAll(async () => {
      const request = { method: 'GET', url: `${server.url}/look` };
      tool = (await client.post('/api/v1/tools', { name: 'look', request })).body.id;
    });

    it('are kept with their sources too, whole, streamed or broken off', async () => {
      const { id } = (await client.post('/api/v1/chats', { title: 'Looked up' })).body;
      const more = { ...collection(), metadata: { chat_id: id }, tool_ids: [tool] };
      for (const stream of [false, true]) {
        mock.next(looking, { content: ['So it is.'] });
        expect((await ask('mock-model', { ...more, stream })).status).toBe(200);
      }
      mock.next(looking, { content: ['So', ' it', ' is.'], cutAfter: 2 });
      expect((await ask('mock-model', { ...more, stream: true })).text).toContain('UPSTREAM_CUT');
      const { data } = (await client.get(`/api/v1/chats/${id}/messages`)).body;
      const answers = data.filter(({ role }: { role: string }) => role === 'assistant');
      expect(answers.map(({ complete }: { complete: boolean }) => complete)).toEqual([true, true, false]);
      expect(answers[1].content).toBe('See [1].\n\nSo it is.');
      for (const { citations } of answers)
        expect(citations).toMatchObject([{ index: 1, filename: 'service.md' }]);
    });

    it('say nothing of a person to a tool that gets tokens, though a private model server knows', async () => {
      const upstream = { name: 'private', base_url: mock.url, private: true, models: ['private-model'] };
      expect((await client.post('/api/v1/configs/upstreams', upstream)).status).toBe(201);
      const request = { method: 'POST', url: `${server.url}/find` };
      const make = async (name: string, receives: string): Promise<string> => {
        const parameters = { properties: { who: { type: 'string' } } };
        return (await client.post('/api/v1/tools', { name, request, parameters, receives })).body.id;
      };
      const tool_ids = [await make('find', 'tokens'), await make('write', 'values')];
      server.asked.length = 0;
      mock.next(calling(['find', { who: PERSON }], ['write', { who: PERSON }]), { content: ['Done.'] });
      const messages = [{ role: 'user', content: `Find ${PERSON}, and write to her.` }];
      expect((await ask('private-model', { tool_ids, messages })).status).toBe(200);
      const sent = server.asked.map(({ body }) => JSON.parse(body).who).sort();
      expect(sent).toEqual([PERSON, expect.stringMatching(/^PERSON_NAME-[0-9A-Z]{16}$/)]);
      // What the tool says of its token is again of a person, to the model that knows.
      for (const { content } of mock.last.json.messages.slice(-2)) expect(content).toContain(PERSON);
    });

    it('are made in chats as by completions, from the first message on, for one answer each', async () => {
      const named = { tool_ids: [tool], knowledge_ids: [base] };
      mock.next(looking, { content: ['So it is.'] }, looking, { content: ['Still.'] });
      server.asked.length = 0;
      const begun = await client.post('/api/v1/chats', { model: 'mock-model', message: QUESTION, ...named });
      expect([begun.status, begun.body.answer]).toMatchObject([
        201,
        { content: 'See [1].\n\nSo it is.', citations: [{ index: 1, filename: 'service.md' }] },
      ]);
      const path = `/api/v1/chats/${begun.body.id}/messages`;
      const further = await client.post(path, { content: QUESTION, ...named });
      expect([further.status, further.body.answer.content]).toEqual([201, 'See [1].\n\nStill.']);
      expect(server.asked.map(({ url }) => url)).toEqual(['/look', '/look']);
      await client.post(path, { content: 'And now?' });
      expect(mock.last.json.tools).toBeUndefined();
      const missing = await client.post(path, { content: 'And now?', tool_ids: ['tool_0'] });
      expect([missing.status, missing.body.error.details.field]).toEqual([404, 'tool_ids[0]']);
      const early = await client.post('/api/v1/chats', named);
      expect([early.status, early.body.error.details.field]).toEqual([400, 'tool_ids']);
    });
  });

  it('need knowledge that is there, and name the field of what is not', async () => {
    for (const [more, field] of [
      [{ files: [{ type: 'collection', id: 'kb_00000000000000000000000000' }] }, 'files[0].id'],
      [{ files: [{ type: 'file', id: 'nonsense' }] }, 'files[0].id'],
      [{ knowledge_ids: [base, 'kb_00000000000000000000000000'] }, 'knowledge_ids[1]'],
    ] as const) {
      const { status, body } = await ask('local-extractive', more);
      expect([status, body.error.param]).toEqual([404, field]);
    }
    expect(mock.requests).toHaveLength(0);
  });

  it('are shown before anything is sent', async () => {
    const dry = await client.post('/api/v1/chat/completions/dry-run', {
      ...{ model: 'mock-model', messages: [{ role: 'user', content: `${QUESTION} Was it ${PERSON}?` }] },
      ...collection(),
    });
    expect([dry.status, dry.body.outcome]).toEqual([200, 'send']);
    expect(dry.body.request.body).toContain('signed the warranty');
    expect(dry.body.request.body).not.toMatch(/Smith|Lindqvist/);
  });

  describe('by meaning too', () => {
    const SYNONYMS = `# Fleet

John Smith keeps the automobiles of the house in Leeds.

# Clinic

Every physician has a room of her own.
`;
    let path: string;
    let id: string;

    const search = async (query: string) => {
      const { status, body } = await client.post(`${path}/search`, { query, limit: 1 });
      return [status, body.ranking, body.data[0]?.text.split('\n').at(-1)];
    };
    const until = async (status: string) => {
      for (let at = ''; at !== status; await sleep(200))
        at = (await client.get(`${path}/documents/${id}`)).body.embedding_status;
    };

    beforeAll(async () => {
      const { body } = await client.post('/api/v1/knowledge', {
        name: 'Fleet',
        chunk_size: 100,
        chunk_overlap: 0,
      });
      path = `/api/v1/knowledge/${body.id}`;
      ({ id } = (await upload(client, fileForm('fleet.md', SYNONYMS), { path: `${path}/documents` })).body);
      for (let status = ''; status !== 'indexed'; await sleep(200))
        ({ status } = (await client.get(`${path}/documents/${id}`)).body);
    });

    it('a model that makes no vectors is refused, and says why', async () => {
      mock.embeddingsPlan = { status: 400, body: { error: { message: 'This model does not embed.' } } };
      const refused = await client.send('PATCH', path, { json: { embedding_model: 'mock/mock-model' } });
      expect([refused.status, refused.body.error.code]).toEqual([422, 'EMBEDDING_MODEL_UNUSABLE']);
      expect(refused.body.error.message).toContain('This model does not embed.');
      const builtIn = await client.send('PATCH', path, { json: { embedding_model: 'local-extractive' } });
      expect([builtIn.status, builtIn.body.error.details.field]).toEqual([422, 'embedding_model']);
    });

    it('what means the same is found once a document has vectors, and nobody outside learns of a person', async () => {
      expect(await search('Where is a doctor?')).toEqual([200, 'lexical', undefined]);
      const named = await client.send('PATCH', path, { json: { embedding_model: 'mock/mock-model' } });
      expect([named.status, named.body.embedding_model]).toEqual([200, 'mock/mock-model']);
      expect((await client.get(`${path}/documents/${id}`)).body.embedding_status).toBe('none');
      expect((await client.post(`${path}/reindex`, {})).status).toBe(202);
      await until('ready');
      expect(await search('Where is a doctor?')).toEqual([
        200,
        'hybrid',
        'Every physician has a room of her own.',
      ]);
      expect(await search('Which car does John Smith keep?')).toEqual([
        200,
        'hybrid',
        'John Smith keeps the automobiles of the house in Leeds.',
      ]);
      const told = JSON.stringify(mock.embeddings.map(({ json }) => json.input));
      expect(told).toContain('[PERSON_NAME] keeps the automobiles');
      expect(told).not.toContain('Smith');
    });

    it('while the model server is away, words alone are looked for', async () => {
      mock.embeddingsPlan = { status: 503 };
      expect(await search('Who has a room?')).toEqual([
        200,
        'lexical',
        'Every physician has a room of her own.',
      ]);
      expect((await search('Where is a doctor?')).slice(0, 2)).toEqual([200, 'lexical']);
    });

    it('a model that is taken back takes its vectors along, those under way too', async () => {
      mock.reset();
      const name = (embedding_model: string | null) =>
        client.send('PATCH', path, { json: { embedding_model } });
      const standing = async () => (await client.get(`${path}/documents/${id}`)).body.embedding_status;
      expect((await name(null)).status).toBe(200);
      expect([await standing(), await search('Where is a doctor?')]).toEqual([
        'none',
        [200, 'lexical', undefined],
      ]);
      await name('mock/mock-model');
      // Nobody's vectors are left in memory either.
      expect(await search('Where is a doctor?')).toEqual([200, 'hybrid', undefined]);
      mock.reset();
      for (const plan of [{ delayMs: 1000 }, { delayMs: 1000, status: 400 }]) {
        mock.embeddingsPlan = plan;
        await client.post(`${path}/reindex`, {});
        await mock.until(({ embeddings }) => embeddings.length > 0);
        await name(null);
        mock.reset();
        for (
          let job = { status: '' };
          job.status !== 'completed' && job.status !== 'failed';
          await sleep(200)
        )
          [job] = (await client.get('/api/v1/jobs?type=embedding&page_size=1')).body.data;
        expect(await standing()).toBe('none');
        await name('mock/mock-model');
        mock.reset();
      }
    });

    it('a document that a server does not take is found by its words, and says what to do', async () => {
      mock.embeddingsPlan = { status: 400 };
      expect((await client.post(`${path}/reindex`, {})).status).toBe(202);
      await until('failed');
      const { body } = await client.get(`${path}/documents/${id}`);
      expect([body.status, body.embedding_error.code]).toEqual(['indexed', 'UPSTREAM_REFUSED']);
      mock.reset();
      expect((await search('Who has a room?'))[2]).toBe('Every physician has a room of her own.');
    });
  });
});
