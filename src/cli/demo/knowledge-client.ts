import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from '../../platform/errors/start-error.js';
import { demoCall } from './demo-call.js';

/** What the demo reads of a citation of a source. */
export interface SourceCitation {
  readonly filename: string;
  readonly page: number | null;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface GroundedAnswer {
  readonly text: string;
  readonly citations: readonly SourceCitation[];
}

interface IndexedDocument {
  readonly id: string;
  readonly status: string;
}

interface Completion {
  readonly choices: readonly { readonly message: { readonly content: string } }[];
  readonly citations: readonly SourceCitation[];
}

const POLL_MS = 150;
const MOST_POLLS = 400;

/** Knowledge bases of the running server, the way any program uses them. */
export class KnowledgeClient {
  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  /** Makes a knowledge base in the key's project. @throws StartError when it is not made */
  async create(name: string): Promise<string> {
    return (await this.call<{ id: string }>('POST', '/api/v1/knowledge', 201, { name })).id;
  }

  /** Puts a file in and waits until it can be found. @throws StartError when it cannot */
  async add(knowledgeBase: string, name: string, text: string): Promise<void> {
    const path = `/api/v1/knowledge/${knowledgeBase}/documents`;
    const form = new FormData();
    form.append('file', new Blob([text]), name);
    let document = await this.call<IndexedDocument>('POST', path, 201, form);
    for (let polls = 0; document.status !== 'indexed'; polls += 1) {
      if (polls === MOST_POLLS || document.status === 'failed')
        throw new StartError(`The demo ends: a document of the knowledge base is ${document.status}.`);
      await sleep(POLL_MS);
      document = await this.call<IndexedDocument>('GET', `${path}/${document.id}`, 200);
    }
  }

  /** Asks this server's own model. @throws StartError when there is no answer */
  async ask(knowledgeBase: string, question: string): Promise<GroundedAnswer> {
    const { choices, citations } = await this.call<Completion>('POST', '/v1/chat/completions', 200, {
      model: 'local-extractive',
      messages: [{ role: 'user', content: question }],
      knowledge_ids: [knowledgeBase],
    });
    return { text: choices[0]?.message.content ?? '', citations };
  }

  private async call<T>(method: string, path: string, wanted: number, body?: object): Promise<T> {
    const answer = await demoCall({ url: this.url, key: this.key }, method, path, wanted, body);
    return (await answer.json()) as T;
  }
}
