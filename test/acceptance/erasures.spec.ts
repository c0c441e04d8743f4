import { createPublicKey, verify } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, Client } from '../support/client.js';
import { dumpDatabase, embeddedUrl } from '../support/database-dump.js';
import { fileForm, upload } from '../support/files.js';
import { type MockRequest, MockUpstream } from '../support/mock-upstream.js';
import { MANY_ACCOUNTS, People } from '../support/people.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

jest.setTimeout(120_000);

const WAIT_MS = 30_000;
const NAME = 'Aurelia Quandtfeld';
const PHONE = '+49 170 5551234';
const parrot = ({ json }: MockRequest) => ({ content: [String(json.messages.at(-1).content)] });

/** SubjectPublicKeyInfo of an Ed25519 key is this and its 32 bytes (RFC 8410). */
const SPKI_BEGIN = Buffer.from('302a300506032b6570032100', 'hex');

/** What verifies a record needs no server. */
function isVerified({ statement, signature, public_key }: Record<string, string>): boolean {
  const der = Buffer.concat([SPKI_BEGIN, Buffer.from(public_key ?? '', 'base64')]);
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  return verify(null, Buffer.from(statement ?? ''), key, Buffer.from(signature ?? '', 'base64'));
}

describe('erasures', () => {
  let redoubt: RedoubtProcess;
  let client: Client;
  let mock: MockUpstream;
  let backup: string | undefined;

  const settled = async (answer: Answer): Promise<Answer['body']> => {
    expect([answer.status, answer.text]).toEqual([202, expect.any(String)]);
    for (const until = Date.now() + WAIT_MS; ; await sleep(100)) {
      const { body } = await client.get(`/api/v1/erasures/${answer.body.id}`);
      if (body.status === 'completed' || body.status === 'failed') return body;
      if (Date.now() > until) throw new Error(`still ${body.status}`);
    }
  };
  const erase = async (json: object): Promise<Answer['body']> =>
    settled(await client.post('/api/v1/erasures', json));

  /** The value in every place that takes one, and how each place shows it. */
  const places = new Map<string, () => Promise<string>>();
  const shown = async (): Promise<Record<string, string>> => {
    const texts: Record<string, string> = {};
    for (const [place, read] of places) texts[place] = await read();
    return texts;
  };
  let tokens: string;
  let plain: string;

  const get = (path: string) => async (): Promise<string> => (await client.get(path)).text;
  const made = async (path: string, json: object): Promise<Answer['body']> => {
    const answer = await client.post(path, json);
    expect([path, answer.status, answer.text]).toEqual([path, 201, expect.any(String)]);
    return answer.body;
  };

  async function fill(): Promise<void> {
    const text = `${NAME} can be reached at ${PHONE}.`;
    tokens = (await client.post('/api/v1/process', { data: text, method: 'tokenization' })).body.processed_data;
    expect(tokens).not.toContain(NAME);
    places.set('detokenize', async () => (await client.post('/api/v1/detokenize', { data: tokens })).text);
    mock.next(parrot);
    const chat = await made('/api/v1/chats', { message: `Who is ${NAME}?`, model: 'mock-model' });
    places.set('chat', get(`/api/v1/chats/${chat.id}`));
    places.set('messages', get(`/api/v1/chats/${chat.id}/messages`));
    places.set('chat search', get(`/api/v1/chats/search?q=Quandtfeld`));
    const off = { json: { default_action: 'allow' } };
    expect((await client.send('PUT', `/api/v1/projects/${plain}/policy`, off)).status).toBe(200);
    mock.next(parrot);
    const bare = await made('/api/v1/chats', {
      message: `And ${NAME.toUpperCase()}, ${PHONE.replaceAll(' ', '-')}?`,
      model: 'mock-model',
      project_id: plain,
    });
    places.set('messages without shield', get(`/api/v1/chats/${bare.id}/messages`));
    const base = await made('/api/v1/knowledge', { name: `About ${NAME}` });
    places.set('knowledge base', get(`/api/v1/knowledge/${base.id}`));
    const path = `/api/v1/knowledge/${base.id}/documents`;
    const facts = `# Residents\n\nThe head of the house is ${NAME}, and nobody else is.\n`;
    const document = (await upload(client, fileForm(`${NAME}.md`, facts), { path })).body;
    places.set('knowledge document', get(`${path}/${document.id}`));
    places.set(
      'knowledge search',
      async () =>
        (await client.post(`/api/v1/knowledge/${base.id}/search`, { query: 'Who is head of the house?' })).text,
    );
    for (const until = Date.now() + WAIT_MS; ; await sleep(100)) {
      const { status } = (await client.get(`${path}/${document.id}`)).body;
      if (status === 'indexed') break;
      if (Date.now() > until) throw new Error(`still ${status}`);
    }
    const prompt = { command: '/greet', title: `For ${NAME}`, content: `Greet ${NAME}.` };
    places.set('prompt', get(`/api/v1/prompts/${(await made('/api/v1/prompts', prompt)).id}`));
    const policy = { name: 'Known', type: 'processor', config: { deny_list: [NAME] } };
    places.set('policy', get(`/api/v1/resources/${(await made('/api/v1/resources', policy)).id}`));
    const project = { name: 'House', description: `The file of ${NAME}` };
    places.set('project', get(`/api/v1/projects/${(await made('/api/v1/projects', project)).id}`));
    // What is not asked for is not found, and stays in the results.
    const documents = [{ id: 'a', data: text }];
    const batch = await client.post('/api/v1/batch', { documents, entities: ['EMAIL'], async: true });
    expect([batch.status, batch.text]).toEqual([202, expect.any(String)]);
    places.set('batch results', get(`/api/v1/batches/${batch.body.batch_id}/results`));
  }

  beforeAll(async () => {
    [redoubt, mock] = await Promise.all([RedoubtProcess.start(MANY_ACCOUNTS), MockUpstream.start()]);
    client = new Client(redoubt.url, redoubt.adminKey);
    const upstream = { name: 'mock', base_url: mock.url, private: false, models: ['mock-model'] };
    expect((await client.post('/api/v1/configs/upstreams', upstream)).status).toBe(201);
    plain = (await made('/api/v1/projects', { name: 'Plain' })).id;
    await fill();
  });
  afterAll(async () => {
    if (backup) rmSync(backup, { recursive: true, force: true });
    await redoubt?.dispose();
    await mock?.stop();
  });

  it('x', async () => {
    console.log(JSON.stringify(await shown(), null, 1));
    console.log((await client.post('/api/v1/erasures', { type: 'PERSON_NAME', value: NAME, dry_run: true })).text);
    const erasure = await erase({ type: 'PERSON_NAME', value: NAME, reason: `${NAME} asked for it` });
    console.log(JSON.stringify(erasure, null, 1));
    console.log(JSON.stringify(await shown(), null, 1));
    console.log(redoubt.log.slice(-3000));
    expect(isVerified(erasure.record)).toBe(true);
    void [cpSync, readdirSync, readFileSync, join, dumpDatabase, embeddedUrl, People];
  });
});
