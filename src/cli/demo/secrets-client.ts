import { demoCall } from './demo-call.js';

interface Answer<T> {
  readonly status: number;
  readonly body: T;
  readonly text: string;
}

/** Environments of the running server, the way any program uses them. */
export class SecretsClient {
  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  /** Makes an environment in the key's project. @throws StartError when it is not made */
  async createEnvironment(name: string): Promise<string> {
    const made = await this.call<{ id: string }>('POST', '/api/v1/environments', 201, { name });
    return made.body.id;
  }

  /** @throws StartError when the file is not taken */
  async import(environment: string, data: string, reason: string): Promise<number> {
    const path = `/api/v1/environments/${environment}/import`;
    const { body } = await this.call<{ revision: number }>('POST', path, 200, { data, reason });
    return body.revision;
  }

  /** The environment as a `.env` file, its comments left out. @throws StartError when there is none */
  async export(environment: string): Promise<string[]> {
    const { text } = await this.call('GET', `/api/v1/environments/${environment}/export`, 200);
    return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  }

  /** @throws StartError when it is not restored */
  async restore(environment: string, at: string): Promise<void> {
    await this.call('POST', `/api/v1/environments/${environment}/restore`, 200, { at });
  }

  private async call<T>(method: string, path: string, wanted: number, body?: object): Promise<Answer<T>> {
    const answer = await demoCall({ url: this.url, key: this.key }, method, path, wanted, body);
    const text = await answer.text();
    const isJson = /json/.test(answer.headers.get('content-type') ?? '');
    return { status: answer.status, text, body: (isJson ? JSON.parse(text) : undefined) as T };
  }
}
