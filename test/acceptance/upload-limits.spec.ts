import { Client } from '../support/client.js';
import { fileForm, upload } from '../support/files.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

describe('what a key may upload', () => {
  let redoubt: RedoubtProcess;
  let client: Client;
  let project: string;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start({ REDOUBT_UPLOAD_LIMIT: '4096' });
    client = new Client(redoubt.url, redoubt.adminKey);
    project = (await client.post('/api/v1/projects', { name: 'Limits' })).body.id;
  });
  afterAll(() => redoubt.dispose());

  async function clientWith(settings: object): Promise<Client> {
    const { body } = await client.post('/api/v1/api-keys', { name: 'limited', scopes: ['*'], ...settings });
    return new Client(redoubt.url, body.key);
  }

  let count = 0;
  const send = (by: Client, bytes = 10, path?: string) => {
    count += 1;
    const form = fileForm(`file-${count}.txt`, 'x'.repeat(bytes), { project_id: project });
    return upload(by, form, path === undefined ? {} : { path });
  };

  it('are so many files a day, on every path together, and other requests go on', async () => {
    const limited = await clientWith({ plan: 'sero_standard', limits: { uploads_per_day: 3 } });
    const paths = ['/api/v1/files/upload', '/api/v1/documents', '/api/files/upload', '/api/files/upload'];
    const statuses: number[] = [];
    for (const path of paths) statuses.push((await send(limited, 10, path)).status);
    expect(statuses).toEqual([201, 201, 201, 429]);
    const refused = await send(limited);
    expect(refused.body.error.code).toBe('RATE_LIMIT_EXCEEDED');
    expect(refused.headers.get('x-ratelimit-limit')).toBe('3');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(86_000);
    expect((await limited.get('/api/v1/documents')).status).toBe(200);
  });

  it("is 100 files a day by SERO's plan", async () => {
    const sero = await clientWith({ plan: 'sero_standard' });
    const { status, headers } = await send(sero);
    expect([status, headers.get('x-ratelimit-limit'), headers.get('x-ratelimit-remaining')]).toEqual([
      201,
      '100',
      '99',
    ]);
    expect(headers.get('ratelimit-policy')).toContain('"uploads";q=100;w=86400');
  });

  it("is a file as large as the server's settings say, or as the key's own number", async () => {
    expect((await send(client, 4096)).status).toBe(201);
    const tooLarge = await send(client, 4097);
    expect([tooLarge.status, tooLarge.body.error.message]).toEqual([413, 'The file is larger than 4 KiB.']);
    const [small, large] = [
      await clientWith({ plan: 'unlimited', limits: { upload_bytes: 100 } }),
      await clientWith({ plan: 'unlimited', limits: { upload_bytes: 200_000 } }),
    ];
    expect([(await send(small, 100)).status, (await send(small, 101)).status]).toEqual([201, 413]);
    expect([(await send(large, 200_000)).status, (await send(large, 200_001)).status]).toEqual([201, 413]);
  });
});
