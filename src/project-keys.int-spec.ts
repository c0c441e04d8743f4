import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import { type FirstStart, FirstStartService } from './admin/index.js';
import { generateApiKey } from './auth/index.js';
import { loadSettings } from './platform/config/settings.js';
import { TestDatabase } from './platform/database/testing/test-database.js';
import { SetupAppModule } from './setup.module.js';

const MASTER_KEY = randomBytes(32).toString('hex');

describe('a start', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await TestDatabase.start([]);
  });
  afterAll(() => database.stop());

  async function start(adminKey?: string): Promise<FirstStart> {
    const settings = loadSettings({
      DATABASE_URL: database.url,
      REDOUBT_MASTER_KEY: MASTER_KEY,
      ...(adminKey && { REDOUBT_ADMIN_KEY: adminKey }),
    });
    const app = await NestFactory.createApplicationContext(SetupAppModule.forRoot(settings), {
      logger: false,
    });
    try {
      return await app.get(FirstStartService, { strict: false }).run();
    } finally {
      await app.close();
    }
  }

  /** Ids of the key pairs, by the name of their project; null for a project without one. */
  const pairs = async (): Promise<Record<string, string | null>> => {
    const rows: { name: string; id: string | null }[] = await database.dataSource.query(
      'SELECT p.name, k.id FROM projects p LEFT JOIN project_keys k ON k.project_id = p.id ORDER BY p.number',
    );
    return Object.fromEntries(rows.map(({ name, id }) => [name, id]));
  };

  it('gives the first project a key pair, those of an older version one too, and leaves what is there', async () => {
    const adminKey = generateApiKey();
    await start(adminKey);
    const first = await pairs();
    expect(first).toEqual({ Default: expect.stringMatching(/^pkey_/) });
    await database.dataSource.query(
      `INSERT INTO projects (id, organization_id, name, created_by)
       SELECT 'proj_older', organization_id, 'Older', created_by FROM projects`,
    );
    await start();
    const later = await pairs();
    expect(later).toEqual({ ...first, Older: expect.stringMatching(/^pkey_/) });
    await start(adminKey);
    expect(await pairs()).toEqual(later);
  });
});
