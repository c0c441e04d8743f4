import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from './client.js';
import { People } from './people.js';
import { RedoubtProcess } from './redoubt-process.js';
import { type Received, WebhookReceiver } from './webhook-receiver.js';

const PATIENCE_MS = 30_000;
/** Linux routes all of 127.0.0.0/8 to itself: one address is opened, and this machine's usual one stays closed. */
const OPEN = '127.0.0.2';

/** What a look finds, as soon as it finds something. */
export async function until<T>(look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await sleep(30)) {
    const found = await look();
    if (found) return found;
  }
  throw new Error('it does not come to that');
}

/** A Redoubt, and a receiver that it may reach. */
export class WebhookHome {
  readonly client: Client;
  readonly people: People;

  private constructor(
    readonly redoubt: RedoubtProcess,
    readonly receiver: WebhookReceiver,
  ) {
    this.client = new Client(redoubt.url, redoubt.adminKey);
    this.people = new People(redoubt);
  }

  static async start(): Promise<WebhookHome> {
    const settings = { REDOUBT_EGRESS_ALLOW: OPEN, REDOUBT_WEBHOOK_RETRY_SECONDS: '0.2,0.2,0.2' };
    const receiver = await WebhookReceiver.start(OPEN);
    return new WebhookHome(await RedoubtProcess.start(settings), receiver);
  }

  async stop(): Promise<void> {
    this.receiver.stop();
    await this.redoubt.dispose();
  }

  /** Deletes all webhooks, and forgets what came. */
  async clear(): Promise<void> {
    for (const { id } of (await this.client.get('/api/v1/webhooks?page_size=100')).body.data)
      await this.client.delete(`/api/v1/webhooks/${id}`);
    this.receiver.reset();
  }

  /** A webhook of everything, unless its settings say otherwise. */
  async register(settings: object = {}, by = this.client): Promise<{ id: string; secret: string }> {
    return this.make('/api/v1/webhooks', { url: this.receiver.url, events: ['*'], ...settings }, by);
  }

  /** What a POST makes. @throws Error when it makes nothing */
  async make(path: string, json: object, by = this.client): Promise<ReturnType<typeof JSON.parse>> {
    return madeBy(path, await by.post(path, json));
  }

  async upload(path: string, fields: Record<string, string>, name = 'letter.txt') {
    const form = new FormData();
    for (const [field, value] of Object.entries(fields)) form.set(field, value);
    form.set('file', new Blob(['John Smith, 123-45-6789, asks which brake pads fit.']), name);
    return madeBy(path, await this.client.send('POST', path, { form }));
  }

  /** The first request of an event. */
  arrived(event: string): Promise<Received> {
    return until(() => this.receiver.received.find(({ headers }) => headers['x-secureai-event'] === event));
  }

  async dataOf(event: string) {
    return JSON.parse((await this.arrived(event)).body).data;
  }

  /** Has a webhook pinged. @returns what arrived */
  async pinged(id: string): Promise<{ headers: Record<string, string>; body: string }> {
    await this.make(`/api/v1/webhooks/${id}/ping`, {});
    const { headers, body } = await this.arrived('webhook.pinged');
    return { headers: headers as Record<string, string>, body };
  }
}

function madeBy(path: string, { status, body, text }: Awaited<ReturnType<Client['post']>>) {
  if (status >= 300) throw new Error(`${path}: ${status} ${text}`);
  return body;
}
