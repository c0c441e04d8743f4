import { createServer, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { EgressClient, type EgressRequest } from './egress-client.service.js';
import type { FoundAddress, LookUp } from './egress-connector.js';
import { ReachableAddresses } from './reachable-addresses.js';

/** Ways to write the address of this machine, and of what lies behind it. */
const LOOPBACK = [
  ...[
    '127.0.0.1',
    '127.1',
    '127.0.1',
    '2130706433',
    '0x7f000001',
    '0x7f.1',
    '0x7f.0x0.0x0.0x1',
    '017700000001',
  ],
  ...[
    '0177.0.0.01',
    '①②⑦.⓪.⓪.①',
    '127。0。0。1',
    '127.0.0.1.',
    '%31%32%37.0.0.1',
    '0',
    '0.0.0.0',
    '127.255.255.254',
  ],
  ...['[::1]', '[::]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[0:0:0:0:0:ffff:7f00:0001]', '[::7f00:1]'],
  ...['[64:ff9b::7f00:1]', '[64:ff9b:1::7f00:1]', '[2002:7f00:1::]', '[2001:0:7f00:1::]', '[fe80::1]'],
  ...['localhost', 'LOCALHOST', 'localhost.', 'ⓛocalhost'],
];

const CLOSED =
  `10.1.2.3 100.64.0.1 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.192 192.0.2.1 192.168.0.1 198.18.0.1
  198.51.100.1 203.0.113.1 224.0.0.1 240.0.0.1 255.255.255.255 fc00::1 fd12::1 fec0::1 ff02::1 2001:db8::1 2002:a00:1::
  3fff::1 64:ff9b::a00:1 ::ffff:10.0.0.1 100::1 fe80::1%eth0 example.org`.split(/\s+/);

const OPEN =
  '1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 172.15.0.1 172.32.0.1 2606:4700::1 2a00::1'.split(
    ' ',
  );

const request = (url: string, more: Partial<EgressRequest> = {}): EgressRequest => ({
  ...{ method: 'GET', url, headers: {}, maxBytes: 1_000, deadlineMs: 5_000 },
  ...more,
});

describe('requests that are made for users', () => {
  let canary: Server;
  let port: number;
  const asked: string[] = [];

  beforeAll(async () => {
    canary = createServer(({ url = '', headers }, response) => {
      asked.push(url);
      if (url === '/redirect') response.writeHead(302, { location: '/secret' }).end('gone');
      else if (url === '/large') response.end('x'.repeat(100_000));
      else if (url === '/slow') response.write('a');
      else if (url !== '/silent') response.end(`${headers.host}`);
    });
    await new Promise<void>((resolve) => canary.listen(0, '::', resolve));
    const address = canary.address();
    port = typeof address === 'object' && address ? address.port : 0;
  });
  afterAll(() => {
    canary.closeAllConnections();
    canary.close();
  });
  beforeEach(() => {
    asked.length = 0;
  });

  const at =
    (...addresses: string[]): LookUp =>
    async () =>
      addresses.map((address): FoundAddress => ({ address, family: address.includes(':') ? 6 : 4 }));
  const closed = (lookUp?: LookUp): EgressClient => new EgressClient(new ReachableAddresses([]), lookUp);
  const opened = (lookUp?: LookUp): EgressClient =>
    new EgressClient(new ReachableAddresses(['127.0.0.1', '::1/128']), lookUp);

  it.each(LOOPBACK)('never reach this machine as %s', async (host) => {
    const sent = closed().send(request(`http://${host}:${port}/secret`));
    // Whether `localhost.` is a name at all is for the system's resolver to say.
    const kind = expect.stringMatching(host.endsWith('localhost.') ? /^(?:address|name)$/ : /^address$/);
    await expect(sent).rejects.toMatchObject({ name: 'EgressFault', kind });
    expect(asked).toEqual([]);
  });

  it('never reach it by a name that leads to it, alone or among others', async () => {
    for (const lookUp of [
      at('127.0.0.1'),
      at('::ffff:127.0.0.1'),
      at('1.1.1.1', '127.0.0.1'),
      at('::1', '1.1.1.1'),
    ])
      await expect(closed(lookUp).send(request(`http://good.example:${port}/`))).rejects.toMatchObject({
        kind: 'address',
      });
    expect(asked).toEqual([]);
  });

  it('go where a name led when it was looked at, whatever it leads to afterwards', async () => {
    const answers = [at('127.0.0.1'), at('127.0.0.2')];
    let looks = 0;
    const lookUp: LookUp = (name) => (answers[looks++] ?? at('127.0.0.2'))(name);
    const answer = await opened(lookUp).send(request(`http://rebinding.example:${port}/`));
    expect(answer.body.toString()).toBe(`rebinding.example:${port}`);
    expect(looks).toBe(1);
    await expect(opened(lookUp).send(request(`http://rebinding.example:${port}/`))).rejects.toMatchObject({
      kind: 'address',
    });
    expect(asked).toHaveLength(1);
  });

  it('follow no redirect', async () => {
    const answer = await opened().send(request(`http://127.0.0.1:${port}/redirect`));
    expect(answer).toMatchObject({ status: 302, isCut: false });
    expect(asked).toEqual(['/redirect']);
  });

  it('read so much of an answer and no more', async () => {
    const { body, isCut } = await opened().send(request(`http://127.0.0.1:${port}/large`));
    expect([body.length, isCut]).toEqual([1_000, true]);
  });

  it.each(['/silent', '/slow'])('end in time whatever a server does: %s', async (path) => {
    const late = request(`http://127.0.0.1:${port}${path}`, { deadlineMs: 50 });
    await expect(opened().send(late)).rejects.toMatchObject({ kind: 'timeout' });
  });

  it('end in time though a name is never found', async () => {
    const never = opened(() => new Promise(() => {}));
    await expect(never.send(request('http://a.example/', { deadlineMs: 50 }))).rejects.toMatchObject({
      kind: 'timeout',
    });
  });

  it('end when their user leaves', async () => {
    const leaving = new AbortController();
    const sent = opened().send(request(`http://127.0.0.1:${port}/silent`, { signal: leaving.signal }));
    const outcome = expect(sent).rejects.toThrow('left');
    while (asked.length === 0) await sleep(2);
    leaving.abort(new Error('left'));
    await outcome;
  });

  it('say what is wrong with where they are to go', async () => {
    const urls = ['ftp://a.example/', 'file:///etc/passwd', 'http://user@a.example/', 'http://:p@a.example/'];
    for (const url of [...urls, 'a', '/a', 'http://', 'unix:/run/x.sock', 'http://1.2.3.4.5.6/'])
      expect([
        url,
        await closed()
          .send(request(url))
          .catch(({ kind }) => kind),
      ]).toEqual([url, 'url']);
    const unknown = closed(() => Promise.reject(new Error('no such name')));
    await expect(unknown.send(request('https://a.example/'))).rejects.toMatchObject({ kind: 'name' });
    await expect(opened().send(request('http://127.0.0.1:1/'))).rejects.toMatchObject({ kind: 'connection' });
  });
});

describe('addresses', () => {
  const reachable = new ReachableAddresses(['10.1.0.0/16', 'fd00::/8']);

  it('are open when they are public, or opened', () => {
    for (const address of [...OPEN, '10.1.2.3', 'fd12::1'])
      expect([address, reachable.permits(address)]).toEqual([address, true]);
  });

  it('are closed when they are not', () => {
    const none = new ReachableAddresses([]);
    expect(CLOSED.filter((address) => none.permits(address))).toEqual([]);
    expect(['10.2.0.1', 'fc00::1', '127.0.0.1'].filter((address) => reachable.permits(address))).toEqual([]);
  });
});
