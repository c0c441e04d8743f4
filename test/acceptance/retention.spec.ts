import { Client } from '../support/client.js';
import { fileForm, upload } from '../support/files.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

describe('the retention of a project', () => {
  let redoubt: RedoubtProcess;
  let client: Client;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start();
    client = new Client(redoubt.url, redoubt.adminKey);
  });
  afterAll(() => redoubt.dispose());

  const outlook = async (settings: object): Promise<object> => {
    const { body } = await client.post('/api/v1/projects', { name: 'Retention', ...settings });
    await upload(client, fileForm('young.txt', 'young', { project_id: body.id }));
    return (await client.get(`/api/v1/projects/${body.id}/retention`)).body;
  };

  it('is none unless it is set', async () => {
    expect(await outlook({})).toEqual({
      retention_days: null,
      legal_hold: false,
      due: { documents: 0, size_bytes: 0, oldest_created_at: null },
      next_due_at: null,
    });
  });

  it('says beforehand what will be deleted, and when', async () => {
    const before = Date.now();
    const { next_due_at, ...rest } = (await outlook({ retention_days: 2, legal_hold: true })) as {
      next_due_at: string;
    };
    expect(rest).toEqual({
      retention_days: 2,
      legal_hold: true,
      due: { documents: 0, size_bytes: 0, oldest_created_at: null },
    });
    const days = (Date.parse(next_due_at) - before) / 86_400_000;
    expect(Math.abs(days - 2)).toBeLessThan(0.01);
  });
});
