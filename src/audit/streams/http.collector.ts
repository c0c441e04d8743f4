import { Agent, request } from 'undici';
import { CONNECT_MS, Collector, SILENCE_MS } from './collector.js';
import type { StreamMessage } from './stream-message.js';

/** Of an answer's body so much is read, so that its connection can be used again. */
const MOST_ANSWER_BYTES = 64 * 1024;

/** JSON Lines by POST. Any answer of 2xx says that all of them were taken. */
export class HttpCollector extends Collector {
  readonly name = 'http';
  private agent: Agent | undefined;

  constructor(
    private readonly url: string,
    private readonly token: string | undefined,
    private readonly silenceMs = SILENCE_MS,
  ) {
    super();
  }

  async send(messages: readonly StreamMessage[], signal: AbortSignal): Promise<void> {
    this.agent ??= new Agent({ connections: 1, connect: { timeout: CONNECT_MS } });
    const { statusCode, body } = await request(this.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/jsonl; charset=utf-8',
        ...(this.token !== undefined && { authorization: `Bearer ${this.token}` }),
      },
      body: messages.map(({ text }) => `${text}\n`).join(''),
      dispatcher: this.agent,
      signal: AbortSignal.any([signal, AbortSignal.timeout(this.silenceMs)]),
    });
    await body.dump({ limit: MOST_ANSWER_BYTES });
    if (statusCode < 200 || statusCode > 299)
      throw Object.assign(new Error('the collector refused'), { code: `HTTP_${statusCode}` });
  }

  close(): void {
    this.agent?.destroy().catch(() => {});
    this.agent = undefined;
  }
}
