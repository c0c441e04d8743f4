import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StartError } from '../../platform/errors/start-error.js';
import { DemoClient } from './demo-client.js';

let server: Server;
let seen: IncomingMessage | undefined;
let answer = { status: 200, body: '{}' };

const client = (): DemoClient =>
  new DemoClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 'sk_live_of_the_demo');

const failureOf = (call: Promise<unknown>): Promise<Error> =>
  call.then(
    () => Promise.reject(new Error('it succeeded')),
    (error: Error) => error,
  );

beforeAll((done) => {
  server = createServer((request, response) => {
    seen = request;
    request.resume();
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
  }).listen(0, '127.0.0.1', done);
});

afterAll((done) => {
  server.close(done);
});

describe('DemoClient', () => {
  it('sends the key and takes the time', async () => {
    answer = { status: 200, body: '{"processed_data":"x"}' };
    const timed = await client().process({ data: 'y' });
    expect(timed.answer.processed_data).toBe('x');
    expect(timed.elapsedMs).toBeGreaterThan(0);
    expect(seen?.headers).toMatchObject({
      authorization: 'Bearer sk_live_of_the_demo',
      'content-type': 'application/json',
    });
  });

  it.each([201, 400, 401, 500, 503])('fails by name on %i, without repeating the answer', async (status) => {
    answer = { status, body: '{"error":{"code":"SOME_CODE","message":"about 219-09-9999"}}' };
    const error = await failureOf(client().process({ data: '219-09-9999' }));
    expect(error).toBeInstanceOf(StartError);
    expect(error.message).toBe(`The demo ends: POST /api/v1/process answered ${status}, SOME_CODE, not 200.`);
  });

  it('fails by name when an answer has no JSON, or never comes', async () => {
    answer = { status: 200, body: 'not JSON' };
    expect(await failureOf(client().process({}))).toBeInstanceOf(StartError);
    const nobody = new DemoClient('http://127.0.0.1:1', 'k');
    expect(await failureOf(nobody.latestEntries(3))).toMatchObject({
      message: expect.stringMatching(/GET \/api\/v1\/audit-logs\S* got no answer/),
    });
  });
});
