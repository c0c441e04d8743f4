import { Webhook as StandardWebhook } from 'standardwebhooks';
import { WebhookReceiver } from '../../../test/support/webhook-receiver.js';
import { redactedDocument, WebhookWorld } from '../testing/webhook-world.js';

const HOUR = 3_600;

describe('what is delivered', () => {
  let world: WebhookWorld;
  let receiver: WebhookReceiver;

  beforeAll(async () => {
    [world, receiver] = await Promise.all([WebhookWorld.start(), WebhookReceiver.start()]);
  });
  afterAll(async () => {
    receiver?.stop();
    await world?.stop();
  });
  beforeEach(async () => {
    receiver.reset();
    await world.clear();
  });

  const processed = (id: string): Promise<void> => world.happen('document.processed', redactedDocument(id));

  describe('is signed', () => {
    const verifies = (secret: string, at = receiver.received.length - 1): boolean => {
      const { headers, body } = receiver.received[at] ?? { headers: {}, body: '' };
      jest.useFakeTimers({ now: world.clock.now(), doNotFake: ['setTimeout', 'setImmediate', 'nextTick'] });
      try {
        new StandardWebhook(secret).verify(body, headers as Record<string, string>);
        return true;
      } catch {
        return false;
      } finally {
        jest.useRealTimers();
      }
    };
    const rotate = (id: string, hours: number) =>
      world.unitOfWork.run((tx) => world.changes.rotateSecret(world.caller, id, hours, tx));

    it('by the old secret too for as long as was asked, and then by the new one alone', async () => {
      const { id, secret } = await world.webhook(receiver.url);
      const { secret: second } = await rotate(id, 24);
      await processed('doc_a');
      await world.deliver();
      expect([verifies(secret), verifies(second)]).toEqual([true, true]);
      world.clock.pass(24 * HOUR - 1);
      await processed('doc_b');
      await world.deliver();
      expect([verifies(secret), verifies(second)]).toEqual([true, true]);
      world.clock.pass(1);
      await processed('doc_c');
      await world.deliver();
      expect([verifies(secret), verifies(second)]).toEqual([false, true]);
      const { secret: third } = await rotate(id, 1);
      const { secret: fourth } = await rotate(id, 0);
      await processed('doc_d');
      await world.deliver();
      expect([verifies(second), verifies(third), verifies(fourth)]).toEqual([false, false, true]);
    });

    it('and lie sealed, like where they go', async () => {
      const { secret } = await world.webhook(receiver.url, { description: 'of John Smith' });
      const rows = await world.query<object>(
        `SELECT w::text AS webhook, encode(content_sealed, 'escape') AS content, encode(secret_sealed, 'escape') AS secret
           FROM webhooks w JOIN webhook_secrets s ON s.webhook_id = w.id`,
      );
      const lying = JSON.stringify(rows);
      for (const text of [secret, secret.slice(6), 's3cret', '127.0.0.1', 'John Smith'])
        expect(lying).not.toContain(text);
    });
  });

  describe('tells names', () => {
    const indexed = {
      ...{
        document_id: 'doc_a',
        knowledge_base_id: 'kb_a',
        status: 'indexed',
        page_count: 47,
        chunk_count: 9,
      },
    };
    const variable = {
      variable: { id: 1, key: 'KEY', environment_id: 1, created_by: 'user_a' },
      ...{ variable_id: 'var_a', environment_id: 'env_a', project_id: 'proj_a' },
    };
    beforeEach(() => {
      world.documents.names.set('doc_a', { name: 'Jane Doe.pdf', standIn: 'doc_a.pdf' });
      world.users.names.set('user_a', { name: 'jane@example.org', standIn: 'user_a' });
    });

    it('as they are when they are sent, and never in what is stored', async () => {
      await world.webhook(receiver.url);
      await world.happen('document.indexed', indexed);
      await world.happen('variable.created', variable);
      await world.deliver();
      const { chunk_count: _, ...shown } = indexed;
      expect(receiver.data).toEqual(
        expect.arrayContaining([
          { ...shown, filename: 'Jane Doe.pdf' },
          { ...variable, variable: { ...variable.variable, created_by: 'jane@example.org' } },
        ]),
      );
      const stored = await world.query<object>(
        'SELECT d::text, e::text FROM webhook_deliveries d JOIN events e ON e.id = d.event_id',
      );
      expect(JSON.stringify(stored)).not.toMatch(/Jane|jane/);
    });

    it('no more once they are erased', async () => {
      await world.webhook(receiver.url);
      await world.happen('document.indexed', indexed);
      await world.happen('variable.created', variable);
      world.documents.names.clear();
      world.users.names.clear();
      await world.deliver();
      const texts = receiver.received.map(({ body }) => body).join();
      expect(texts).not.toMatch(/filename|created_by|Jane/);
      expect(texts).toContain('"page_count":47');
    });

    it('or what stands in for them, where the webhook wants none', async () => {
      await world.webhook(receiver.url, { names: false });
      await world.happen('document.indexed', indexed);
      await world.happen('variable.created', variable);
      await world.deliver();
      const texts = receiver.received.map(({ body }) => body).join();
      expect(texts).toContain('"filename":"doc_a.pdf"');
      expect(texts).toContain('"created_by":"user_a"');
      expect(texts).not.toMatch(/Jane|jane/);
    });
  });
});
