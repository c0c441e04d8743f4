import { createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Lease, LimitStorage } from './limit-storage.js';
import { SlotKeeper } from './slot-keeper.service.js';

class Book extends LimitStorage {
  readonly released: string[] = [];
  /** How often the storage is away yet. */
  faults = 0;
  renewed = 0;

  override decide = (): Promise<never> => Promise.reject(new Error('nobody asks'));
  override async release(leases: readonly Lease[]): Promise<void> {
    if (this.faults-- > 0) throw new Error('away');
    this.released.push(...leases.map(({ lease }) => lease));
  }
  override async renew(leases: readonly Lease[]): Promise<void> {
    this.renewed += leases.length;
  }
}

describe('the slot of a streamed answer', () => {
  const book = new Book();
  const keeper = new SlotKeeper(book, 20, 10);
  const answers: ServerResponse[] = [];
  let server: Server;

  beforeAll(async () => {
    keeper.onModuleInit();
    server = createServer((_, response) => {
      keeper.hold({ subject: 'user:a', lease: `req_${answers.push(response)}` }, response);
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: first\n\n');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await keeper.onApplicationShutdown();
  });

  /** A client that has read the first event of its stream. */
  const open = (): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const { port } = server.address() as AddressInfo;
      const asked = get({ port, agent: false }, (answer) => {
        answer.on('error', () => undefined);
        answer.once('data', () => resolve(answer));
      });
      asked.on('error', reject);
    });

  async function until(isSo: () => boolean): Promise<void> {
    for (const end = Date.now() + 5_000; !isSo(); await sleep(5))
      if (Date.now() > end) throw new Error('it did not come');
  }

  it('stays taken while events come, and is free as soon as the stream ends or its client leaves', async () => {
    const [ended, left] = [await open(), await open()];
    const before = book.renewed;
    await until(() => book.renewed >= before + 4);
    expect(book.released).toEqual([]);
    answers[0]?.end('data: [DONE]\n\n');
    ended.resume();
    await until(() => book.released.length === 1);
    left.destroy();
    await until(() => book.released.length === 2);
    expect(book.released).toEqual(['req_1', 'req_2']);
    await sleep(50);
    expect(book.released).toHaveLength(2);
  });

  it('is given back again and again where the storage is away for a moment, and then once', async () => {
    const before = book.released.length;
    const left = await open();
    book.faults = 3;
    left.destroy();
    await until(() => book.released.length === before + 1);
    await sleep(50);
    expect([book.released.length, book.faults < 0]).toEqual([before + 1, true]);
  });
});
