import { StartError } from '../../platform/errors/start-error.js';
import { demoCall } from './demo-call.js';

export interface ChatMessage {
  readonly role: 'system' | 'user';
  readonly content: string;
}

/** What the demo reads of a citation. */
export interface Citation {
  readonly message: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface ChatAnswer {
  readonly text: string;
  readonly citations: readonly Citation[];
  /** Of its receipt. */
  readonly receiptId: string;
}

/** What the demo reads of a receipt. */
export interface Receipt {
  readonly upstream: { readonly name: string } | null;
  /** How many of each type were found. */
  readonly findings: Readonly<Record<string, number>>;
  readonly actions: Readonly<Record<string, number>>;
  /** The bytes that left. */
  readonly request: { readonly sha256: string; readonly bytes: number } | null;
}

interface Chunk {
  readonly choices: readonly { readonly delta: { readonly content?: string | null } }[];
  readonly citations?: readonly Citation[];
}

/** The events of a stream. @throws StartError when it does not end as one does */
export function chunksOf(stream: string): Chunk[] {
  const events = stream.split('\n\n').filter((event) => event !== '');
  if (events.at(-1) !== 'data: [DONE]')
    throw new StartError('The demo ends: an answer of a model broke off before its end.');
  return events.slice(0, -1).map((event) => JSON.parse(event.slice('data: '.length)) as Chunk);
}

/** Model servers and answers of the running server, the way any program uses them. */
export class CompletionsClient {
  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  /** Makes a model server known that is not ours to trust; its id. @throws StartError when it is not taken */
  async addUpstream(name: string, baseUrl: string): Promise<string> {
    const body = { name, base_url: baseUrl, private: false };
    const made = await this.call('POST', '/api/v1/configs/upstreams', 201, body);
    return ((await made.json()) as { id: string }).id;
  }

  /** @throws StartError when it is not removed */
  async removeUpstream(id: string): Promise<void> {
    await this.call('DELETE', `/api/v1/configs/upstreams/${id}`, 204);
  }

  /** Asks a model and reads its answer as a stream. @throws StartError when there is none */
  async ask(model: string, messages: readonly ChatMessage[]): Promise<ChatAnswer> {
    const body = { model, messages, stream: true };
    const answer = await this.call('POST', '/v1/chat/completions', 200, body);
    const chunks = chunksOf(await answer.text());
    return {
      text: chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join(''),
      citations: chunks.flatMap(({ citations }) => citations ?? []),
      receiptId: answer.headers.get('x-redoubt-receipt') ?? '',
    };
  }

  /** @throws StartError when there is none */
  async receipt(id: string): Promise<Receipt> {
    return (await this.call('GET', `/api/v1/chat/receipts/${id}`, 200)).json() as Promise<Receipt>;
  }

  private call(method: string, path: string, wanted: number, body?: object): Promise<Response> {
    return demoCall({ url: this.url, key: this.key }, method, path, wanted, body);
  }
}
