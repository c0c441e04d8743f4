import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FirstStartService } from './admin/index.js';
import { createApp } from './app.js';
import { generateApiKey } from './auth/index.js';
import { EphemeralWorld } from './crypto/testing/ephemeral-world.js';
import { type OaepVector, oaepVectors } from './crypto/testing/wycheproof.js';
import { loadSettings, type Settings } from './platform/config/settings.js';
import { TestDatabase } from './platform/database/testing/test-database.js';
import { SetupAppModule } from './setup.module.js';

const KEY = generateApiKey();

interface Answer {
  readonly status: number;
  readonly body: string;
}

describe('what clients send encrypted, through the whole API', () => {
  let database: TestDatabase;
  let app: INestApplication;
  let world: EphemeralWorld;
  let url: string;
  let project: string;

  beforeAll(async () => {
    database = await TestDatabase.start([]);
    const settings = loadSettings({
      DATABASE_URL: database.url,
      REDOUBT_MASTER_KEY: randomBytes(32).toString('hex'),
      REDOUBT_ADMIN_KEY: KEY,
      REDOUBT_LOG_LEVEL: 'silent',
    });
    await setUp(settings);
    app = await createApp(settings);
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
    world = EphemeralWorld.of(app);
    project = JSON.parse((await call('POST', '/api/v1/projects', { name: 'Patients' })).body).id;
  });
  afterAll(async () => {
    await app.close();
    await database.stop();
  });

  async function setUp(settings: Settings): Promise<void> {
    const module = SetupAppModule.forRoot(settings);
    const context = await NestFactory.createApplicationContext(module, { logger: false });
    await context.get(FirstStartService, { strict: false }).run();
    await context.close();
  }

  async function call(method: string, path: string, json: object): Promise<Answer> {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify(json),
    });
    return { status: response.status, body: await response.text() };
  }

  /** Sends a ciphertext as the password of a project, on a surface that answers errors without the request's id. */
  const send = (key_id: string, encrypted_password: string): Promise<Answer> =>
    call('POST', '/api/projects', { name: `Project ${key_id}`, key_id, encrypted_password });

  /** The same on the core, whose errors end with the request's id. */
  async function sendToCore(key_id: string, encrypted_password: string): Promise<Answer> {
    const path = `/api/v1/projects/${project}/password`;
    const { status, body } = await call('PUT', path, { key_id, encrypted_password });
    return { status, body: body.replace(/"request_id":"req_[0-9a-z]{26}"/, '"request_id":""') };
  }

  describe.each([
    ['SERO', send],
    ['the core', sendToCore],
  ])('on the surface of %s', (_, sendThere) => {
    async function answerTo({ privateKey, ciphertext }: OaepVector): Promise<Answer> {
      return sendThere(await world.addHandedOut(privateKey), ciphertext);
    }

    it('is refused by one and the same answer, whichever Wycheproof vector it is, like an unknown key', async () => {
      const unknown = await sendThere('eph_00000000000000000000000000', 'AAAA');
      expect([unknown.status, JSON.parse(unknown.body).error.code]).toEqual([400, 'ENCRYPTION_FAILED']);
      const answers = new Map<string, Answer>();
      for (const vector of oaepVectors().filter(({ text }) => text === undefined))
        answers.set(vector.name, await answerTo(vector));
      expect([...answers].filter(([, { body }]) => body !== unknown.body)).toEqual([]);
      expect(answers.size).toBe(29);
    });

    it('is read where it is what it must be: then only the password decides', async () => {
      for (const vector of oaepVectors().filter(({ text }) => text !== undefined)) {
        const { status, body } = await answerTo(vector);
        const characters = vector.text?.length ?? 0;
        expect([vector.name, status < 300]).toEqual([vector.name, characters >= 8 && characters <= 128]);
        expect(body).not.toContain('ENCRYPTION_FAILED');
      }
    });
  });
});
