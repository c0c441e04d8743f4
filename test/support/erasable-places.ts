import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Client } from './client.js';
import { fileForm, upload } from './files.js';
import type { MockRequest, MockUpstream } from './mock-upstream.js';

const WAIT_MS = 30_000;
const parrot = ({ json }: MockRequest) => ({ content: [String(json.messages.at(-1).content)] });

/** A person's name, and their number, in every place that takes one. */
export class ErasablePlaces {
  /** How each place shows it. */
  private readonly places = new Map<string, () => Promise<string>>();
  /** A text in which tokens stand for it. */
  tokens = '';
  /** The document of a knowledge base whose file has it. */
  document = '';
  /** Where it is read anew. */
  reindex = '';
  private plain = '';

  /** @param client the one of the moment */
  constructor(
    private readonly client: () => Client,
    private readonly mock: MockUpstream,
    private readonly name: string,
    private readonly phone: string,
  ) {}

  async shown(): Promise<Record<string, string>> {
    const texts: Record<string, string> = {};
    for (const [place, read] of this.places) texts[place] = await read();
    return texts;
  }

  async made(path: string, json: object): Promise<Answer['body']> {
    const answer = await this.client().post(path, json);
    expect([path, answer.status, answer.text]).toEqual([path, 201, expect.any(String)]);
    return answer.body;
  }

  private get(path: string) {
    return async (): Promise<string> => (await this.client().get(path)).text;
  }

  async fill(): Promise<void> {
    this.plain = (await this.made('/api/v1/projects', { name: 'Plain' })).id;
    const text = `${this.name} can be reached at ${this.phone}.`;
    this.tokens = (
      await this.client().post('/api/v1/process', { data: text, method: 'tokenization' })
    ).body.processed_data;
    expect(this.tokens).not.toContain(this.name);
    this.places.set(
      'detokenize',
      async () => (await this.client().post('/api/v1/detokenize', { data: this.tokens })).text,
    );
    this.mock.next(parrot);
    const chat = await this.made('/api/v1/chats', { message: `Who is ${this.name}?`, model: 'mock-model' });
    this.places.set('chat', this.get(`/api/v1/chats/${chat.id}`));
    this.places.set('messages', this.get(`/api/v1/chats/${chat.id}/messages`));
    this.places.set('chat search', this.get(`/api/v1/chats/search?q=Quandtfeld`));
    const off = { json: { default_action: 'allow' } };
    expect((await this.client().send('PUT', `/api/v1/projects/${this.plain}/policy`, off)).status).toBe(200);
    this.mock.next(parrot);
    const bare = await this.made('/api/v1/chats', {
      message: `And ${this.name.toUpperCase()}, ${this.phone.replaceAll(' ', '-')}?`,
      model: 'mock-model',
      project_id: this.plain,
    });
    this.places.set('messages without shield', this.get(`/api/v1/chats/${bare.id}/messages`));
    const base = await this.made('/api/v1/knowledge', { name: `About ${this.name}` });
    this.places.set('knowledge base', this.get(`/api/v1/knowledge/${base.id}`));
    const path = `/api/v1/knowledge/${base.id}/documents`;
    const facts = `# Residents\n\nThe head of the house is ${this.name}, and nobody else is.\n`;
    const document = (await upload(this.client(), fileForm(`${this.name}.md`, facts), { path })).body;
    this.document = document.id;
    this.reindex = `${path}/${document.id}/reindex`;
    this.places.set('knowledge document', this.get(`${path}/${document.id}`));
    this.places.set(
      'knowledge search',
      async () =>
        (
          await this.client().post(`/api/v1/knowledge/${base.id}/search`, {
            query: 'Who is head of the house?',
          })
        ).text,
    );
    for (const until = Date.now() + WAIT_MS; ; await sleep(100)) {
      const { status } = (await this.client().get(`${path}/${document.id}`)).body;
      if (status === 'indexed') break;
      if (Date.now() > until) throw new Error(`still ${status}`);
    }
    const prompt = { command: '/greet', title: `For ${this.name}`, content: `Greet ${this.name}.` };
    this.places.set('prompt', this.get(`/api/v1/prompts/${(await this.made('/api/v1/prompts', prompt)).id}`));
    const policy = { name: 'Known', type: 'processor', config: { deny_list: [this.name] } };
    this.places.set(
      'policy',
      this.get(`/api/v1/resources/${(await this.made('/api/v1/resources', policy)).id}`),
    );
    const project = { name: 'House', description: `The file of ${this.name}` };
    this.places.set(
      'project',
      this.get(`/api/v1/projects/${(await this.made('/api/v1/projects', project)).id}`),
    );
    // What is not asked for is not found, and stays in the results.
    const documents = [{ id: 'a', data: text }];
    const batch = await this.client().post('/api/v1/batch', { documents, entities: ['EMAIL'], async: true });
    expect([batch.status, batch.text]).toEqual([202, expect.any(String)]);
    this.places.set('batch results', this.get(`/api/v1/batches/${batch.body.batch_id}/results`));
  }
}
