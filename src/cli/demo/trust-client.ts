import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from '../../platform/errors/start-error.js';
import { demoCall } from './demo-call.js';

interface Erasure {
  readonly id: string;
  readonly status: string;
  readonly counts: Readonly<Record<string, number>>;
}

const LOOK_MS = 50;
const PATIENCE_MS = 30_000;

/** Erasures and the audit log of the running server, the way any program uses them. */
export class TrustClient {
  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  /** A signed checkpoint of the log, once it has entries. @throws StartError when there is none */
  async checkpoint(): Promise<string> {
    const answer: { checkpoint: string } = JSON.parse(
      await this.call('GET', '/api/v1/audit-logs/checkpoint', 200),
    );
    return answer.checkpoint;
  }

  /** The whole log as JSON Lines. @throws StartError when it is not exported */
  export(): Promise<string> {
    return this.call('GET', '/api/v1/audit-logs/export', 200);
  }

  /** Has a value erased, and waits until it is. @throws StartError when it is not */
  async erase(type: string, value: string): Promise<Erasure['counts']> {
    let erasure: Erasure = JSON.parse(await this.call('POST', '/api/v1/erasures', 202, { type, value }));
    for (const until = performance.now() + PATIENCE_MS; erasure.status !== 'completed'; ) {
      if (erasure.status === 'failed' || performance.now() > until)
        throw new StartError(`The demo ends: an erasure is ${erasure.status}.`);
      await sleep(LOOK_MS);
      erasure = JSON.parse(await this.call('GET', `/api/v1/erasures/${erasure.id}`, 200));
    }
    return erasure.counts;
  }

  private async call(method: string, path: string, wanted: number, body?: object): Promise<string> {
    const answer = await demoCall({ url: this.url, key: this.key }, method, path, wanted, body);
    return answer.text();
  }
}
