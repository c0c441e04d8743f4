import { Client } from '../support/client.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

describe('the public paths', () => {
  let redoubt: RedoubtProcess;
  let anyone: Client;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start();
    anyone = new Client(redoubt.url, '');
  });
  afterAll(() => redoubt.dispose());

  it.each([
    ['/livez', { status: 'ok' }],
    ['/readyz', { status: 'ready' }],
    ['/readyz?verbose', { status: 'ready', checks: { database: 'ok', process: 'ok' } }],
    ['/health', { status: 'healthy', service: 'Redoubt', version: expect.any(String) }],
    ['/health/', { status: 'healthy', service: 'Redoubt', version: expect.any(String) }],
    [
      '/api/',
      {
        message: expect.any(String),
        version: expect.any(String),
        endpoints: { projects: '/api/projects/', health: '/health/', documentation: '/docs' },
      },
    ],
    ['/api', { message: expect.any(String), version: expect.any(String), endpoints: expect.any(Object) }],
  ])('%s answers anyone', async (path, body) => {
    expect(await anyone.get(path)).toMatchObject({ status: 200, body });
  });

  it('serve the written contract, as YAML and as JSON, and one for each surface', async () => {
    const yaml = await anyone.get('/openapi.yaml');
    expect(yaml.text).toContain('operationId: redaction.process');
    for (const path of [
      '/openapi.json',
      '/openapi/core.json',
      '/openapi/safekeylab.json',
      '/openapi/platform.json',
      '/openapi/keynest.json',
    ]) {
      const { status, body } = await anyone.get(path);
      expect([path, status, body.openapi]).toEqual([path, 200, '3.1.0']);
      expect(JSON.stringify(body)).not.toContain('.yaml#');
    }
    expect((await anyone.get('/openapi/none.json')).status).toBe(404);
    expect((await anyone.get('/docs/..%2fpackage.json')).status).toBe(404);
  });

  it.each([
    [
      '/api/v1/process',
      { error: { type: 'authentication_error', code: 'UNAUTHENTICATED' }, request_id: expect.any(String) },
    ],
    ['/v1/process', { error: { code: 'unauthorized' }, request_id: expect.any(String) }],
  ])('%s words a missing key in its own shape', async (path, body) => {
    expect(await anyone.post(path, { data: 'x' })).toMatchObject({ status: 401, body });
  });

  it('a path of KeyNest that is not there is worded in its shape', async () => {
    const { status, body } = await anyone.get('/api/widgets/7/', { key: 'x', scheme: 'Token' });
    expect(status).toBe(404);
    expect(body).toEqual({
      error: expect.any(String),
      code: 'NOT_FOUND',
      timestamp: expect.stringMatching(/Z$/),
    });
  });

  it('malformed HTTP is answered in the core’s shape', async () => {
    const { connect } = await import('node:net');
    const { hostname, port } = new URL(redoubt.url);
    const answer = await new Promise<string>((resolve) => {
      let text = '';
      const socket = connect(Number(port), hostname, () => socket.write('NONSENSE\r\n\r\n'));
      socket.on('data', (chunk) => {
        text += chunk;
      });
      socket.on('close', () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toMatch(/X-Request-Id: req_/);
    expect(answer).toContain('"code":"MALFORMED_REQUEST"');
  });

  it('lists the types it finds under the names it answers with', async () => {
    const { body } = await anyone.get('/api/v1/entities', { key: redoubt.adminKey });
    const names = body.data.map(({ name }: { name: string }) => name);
    expect(names).toEqual([...names].sort());
    expect(names).toEqual(
      expect.arrayContaining(['PERSON_NAME', 'SSN', 'EMAIL', 'PHONE', 'CREDIT_CARD', 'IBAN_CODE']),
    );
    for (const { description } of body.data) expect(description.length).toBeGreaterThan(5);
    for (const name of names) {
      const one = await anyone.post(
        '/api/v1/detect',
        { data: 'x', entities: [name] },
        { key: redoubt.adminKey },
      );
      expect([name, one.status]).toEqual([name, 200]);
    }
  });
});
