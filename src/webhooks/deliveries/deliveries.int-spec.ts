import { WebhookReceiver } from '../../../test/support/webhook-receiver.js';
import { redactedDocument, WebhookWorld } from '../testing/webhook-world.js';

const HOUR = 3_600;
const DAY = 86_400;

describe('deliveries', () => {
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
  const audited = async (): Promise<string[]> =>
    (await world.query<{ action: string }>('SELECT action FROM audit_logs ORDER BY created_at, id')).map(
      ({ action }) => action,
    );

  it('are one for each webhook that wants the event, with the fields that its document shows and no others', async () => {
    await world.webhook(receiver.url);
    await world.webhook(receiver.url, { events: ['document.*'], projectId: 'proj_a' });
    await world.webhook(receiver.url, { events: ['document.processed'], projectId: 'proj_b' });
    await world.webhook(receiver.url, { events: ['project.created'] });
    const more = { grant_id: 'grant_secret', redact: true };
    await world.happen('document.processed', redactedDocument('doc_a', more), 'proj_a');
    expect(await world.deliver()).toBe(2);
    for (const { body, headers } of receiver.received) {
      const { timestamp, ...rest } = JSON.parse(body);
      expect(rest).toEqual({
        event: 'document.processed',
        type: 'document.processed',
        data: redactedDocument('doc_a'),
      });
      expect(new Date(timestamp).toISOString()).toBe(timestamp);
      expect(headers).toMatchObject({
        'user-agent': expect.stringMatching(/^Redoubt\/\d/),
        'x-secureai-event': 'document.processed',
        'x-secureai-delivery': headers['webhook-id'],
      });
    }
  });

  it('are tried again when the standard says, to the second, under one id, and then given up', async () => {
    const { id } = await world.webhook(receiver.url);
    receiver.answer = () => ({ status: 500 });
    await processed('doc_a');
    const pauses: (number | undefined)[] = [];
    for (let attempt = 0; attempt < 10; attempt += 1) {
      pauses.push(await world.next());
      expect(await world.deliver()).toBe(1);
      expect(await world.deliver()).toBe(0);
    }
    expect(pauses.slice(1)).toEqual(world.clock.retrySeconds);
    expect(await world.next()).toBeUndefined();
    expect(await world.statuses()).toEqual([{ status: 'failed', attempts: 10, held: false }]);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    const times = receiver.received.map(({ headers }) => Number(headers['webhook-timestamp']));
    expect(times.slice(1).map((time, index) => time - (times[index] ?? 0))).toEqual(world.clock.retrySeconds);
    expect(await world.find(id)).toMatchObject({ enabled: true, exhausted: 1 });
  });

  it('count as made with any 2xx, and as failed with a redirect, which leads nowhere', async () => {
    await world.webhook(receiver.url);
    const canary = await WebhookReceiver.start();
    const answers = [{ status: 307, headers: { location: canary.url } }, { status: 299 }];
    receiver.answer = () => answers.shift() ?? 'silence';
    await processed('doc_a');
    await world.deliver();
    expect(await world.statuses()).toMatchObject([{ status: 'pending' }]);
    await world.next();
    await world.deliver();
    expect(await world.statuses()).toMatchObject([{ status: 'delivered' }]);
    expect(canary.received).toEqual([]);
    canary.stop();
  });

  it.each([
    ['429 with seconds', 429, () => '120', 120],
    ['503 with a date', 503, () => new Date(world.clock.now().getTime() + HOUR * 1000).toUTCString(), HOUR],
    ['429 with a week, of which a day is heeded', 429, () => String(7 * DAY), DAY],
    ['503 with nothing', 503, () => undefined, 5],
    ['429 with nothing: ten seconds', 429, () => undefined, 10],
    ['504: ten seconds', 504, () => undefined, 10],
    ['500, of which Retry-After is no part', 500, () => '120', 5],
  ])('wait as long as a receiver asks: %s', async (_, status, retryAfter, seconds) => {
    await world.webhook(receiver.url);
    receiver.answer = () => ({
      status,
      headers: { ...(retryAfter() && { 'retry-after': `${retryAfter()}` }) },
    });
    await processed('doc_a');
    await world.deliver();
    expect(await world.next()).toBe(seconds);
    receiver.reset();
    expect(await world.deliver()).toBe(1);
    expect(await world.statuses()).toMatchObject([{ status: 'delivered' }]);
  });

  it('are none for a while to a receiver that asked for it, whatever else happens', async () => {
    await world.webhook(receiver.url);
    receiver.answer = () => ({ status: 429, headers: { 'retry-after': '60' } });
    await processed('doc_a');
    await world.deliver();
    receiver.reset();
    await processed('doc_b');
    world.clock.pass(59);
    expect(await world.deliver()).toBe(0);
    world.clock.pass(1);
    expect(await world.deliver()).toBe(2);
  });

  it('end with a 410, at once, on record, and with an event for the other webhooks', async () => {
    const gone = await world.webhook(`${receiver.url}&gone`, { events: ['document.*'] });
    await world.webhook(receiver.url, { events: ['webhook.disabled'] });
    receiver.answer = ({ headers }) => ({
      status: headers['x-secureai-event'] === 'webhook.disabled' ? 200 : 410,
    });
    await processed('doc_a');
    const [first] = await world.claim();
    await processed('doc_b');
    if (first) await world.attempts.make(first, new AbortController().signal);
    expect(await world.find(gone.id)).toMatchObject({
      ...{ enabled: false, disabledReason: 'gone', version: 2 },
      disabledAt: world.clock.now(),
    });
    await processed('doc_c');
    expect(await world.deliver()).toBe(1);
    expect(receiver.data.at(-1)).toEqual({ webhook_id: gone.id, reason: 'gone' });
    expect((await world.statuses()).map(({ status }) => status)).toEqual([
      ...['failed', 'skipped', 'delivered', 'skipped'],
    ]);
    expect(await audited()).toContain('webhook.disabled');
    expect(world.logged.join()).not.toContain('s3cret');
  });

  it('end when nothing has arrived for five days, and when twenty in a row were given up', async () => {
    const { id } = await world.webhook(receiver.url);
    receiver.answer = () => ({ status: 500 });
    await processed('doc_a');
    await world.deliver();
    world.clock.pass(5 * DAY - 1);
    await world.deliver();
    expect((await world.find(id)).enabled).toBe(true);
    await processed('doc_b');
    world.clock.pass(1);
    await world.deliver();
    expect(await world.find(id)).toMatchObject({ enabled: false, disabledReason: 'failing' });
    const enable = world.unitOfWork.run((tx) =>
      world.changes.changeWebhook(world.caller, id, { enabled: true }, undefined, tx),
    );
    expect(await enable).toMatchObject({ enabled: true, failingSince: null, disabledReason: null });
    await world.query('UPDATE webhooks SET exhausted = 19');
    await processed('doc_c');
    await world.query("UPDATE webhook_deliveries SET failures = 9 WHERE status = 'pending'");
    await world.deliver();
    expect(await world.find(id)).toMatchObject({ enabled: false, disabledReason: 'failing' });
  });

  it('forget failures with another URL', async () => {
    const { id } = await world.webhook(receiver.url);
    receiver.answer = () => ({ status: 429, headers: { 'retry-after': '3600' } });
    await processed('doc_a');
    await world.deliver();
    const change = (settings: object) =>
      world.unitOfWork.run((tx) => world.changes.changeWebhook(world.caller, id, settings, undefined, tx));
    expect((await change({ description: 'Same place' })).resumeAt).not.toBeNull();
    expect(await change({ url: `${receiver.url}&moved` })).toMatchObject({
      resumeAt: null,
      failingSince: null,
    });
  });

  it('forget failures with a success', async () => {
    const { id } = await world.webhook(receiver.url);
    await world.query('UPDATE webhooks SET exhausted = 19, failing_since = $1', [new Date(0)]);
    await processed('doc_a');
    await world.deliver();
    expect(await world.find(id)).toMatchObject({ failingSince: null, exhausted: 0, enabled: true });
  });

  describe('of a worker that dies', () => {
    it('are made by another once the lease has lapsed, and not before', async () => {
      await world.webhook(receiver.url);
      await processed('doc_a');
      expect(await world.claim()).toHaveLength(1);
      world.clock.pass(59);
      expect(await world.deliver()).toBe(0);
      world.clock.pass(1);
      expect(await world.deliver()).toBe(1);
      expect(await world.statuses()).toEqual([{ status: 'delivered', attempts: 2, held: false }]);
    });

    it('are not written down by whoever comes back after its lease', async () => {
      await world.webhook(receiver.url);
      receiver.answer = () => ({ status: 410 });
      await processed('doc_a');
      const [late] = await world.claim();
      world.clock.pass(60);
      receiver.reset();
      const [second] = await world.claim();
      receiver.answer = () => ({ status: 410 });
      if (late) await world.attempts.make(late, new AbortController().signal);
      expect(await world.statuses()).toMatchObject([{ status: 'pending' }]);
      receiver.reset();
      if (second) await world.attempts.make(second, new AbortController().signal);
      expect(await world.statuses()).toMatchObject([{ status: 'delivered' }]);
    });

    it('are given back at once by one that stops', async () => {
      await world.webhook(receiver.url);
      receiver.answer = () => 'silence';
      await processed('doc_a');
      const [claimed] = await world.claim();
      const stop = new AbortController();
      const attempt = claimed && world.attempts.make(claimed, stop.signal);
      while (receiver.received.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      stop.abort();
      await attempt;
      receiver.reset();
      expect(await world.deliver()).toBe(1);
      expect(await world.statuses()).toMatchObject([{ status: 'delivered' }]);
    });
  });

  it('are four at a time to one receiver, however many workers claim together, and each is claimed once', async () => {
    const slow = await world.webhook(receiver.url);
    for (let count = 0; count < 12; count += 1) await processed(`doc_${count}`);
    await world.webhook(receiver.url);
    await processed('doc_quick');
    const claims = await Promise.all([world.claim(), world.claim(), world.claim()]);
    claims.push(await world.claim());
    const ids = claims.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(claims.flat().filter(({ webhookId }) => webhookId === slow.id)).toHaveLength(4);
    expect(ids).toHaveLength(5);
  });

  it('give the receiver with least under way the first free place', async () => {
    await world.webhook(receiver.url);
    for (let count = 0; count < 3; count += 1) await processed(`doc_${count}`);
    await world.claim(2);
    const quick = await world.webhook(receiver.url);
    await processed('doc_quick');
    expect((await world.claim(1)).map(({ webhookId }) => webhookId)).toEqual([quick.id]);
  });

  describe('of an ordered webhook', () => {
    const order = (): unknown[] => receiver.data.map(({ document_id: id, status }) => `${id} ${status}`);
    const step = (id: string, status: string) =>
      world.happen('document.processed', redactedDocument(id, { status }));

    it('about one thing wait until the one before has arrived; others go on', async () => {
      await world.webhook(receiver.url, { ordered: true });
      receiver.answer = ({ body }) => ({ status: body.includes('doc_a') ? 500 : 200 });
      for (const status of ['one', 'two', 'three']) await step('doc_a', status);
      for (const status of ['one', 'two']) await step('doc_b', status);
      await world.deliver();
      expect(order()).toEqual(expect.arrayContaining(['doc_a one', 'doc_b one', 'doc_b two']));
      expect(order()).toHaveLength(3);
      receiver.reset();
      await world.next();
      await world.deliver();
      expect(order()).toEqual(['doc_a one', 'doc_a two', 'doc_a three']);
    });

    it('or was given up', async () => {
      await world.webhook(receiver.url, { ordered: true });
      receiver.answer = ({ body }) => ({ status: body.includes('one') ? 500 : 200 });
      for (const status of ['one', 'two']) await step('doc_a', status);
      await world.query('UPDATE webhook_deliveries SET failures = 9 WHERE NOT held');
      await world.deliver();
      expect(order()).toEqual(['doc_a one', 'doc_a two']);
      expect((await world.statuses()).map(({ status }) => status)).toEqual(['failed', 'delivered']);
    });

    it('are in line again from when it becomes ordered, and until it no longer is', async () => {
      const { id } = await world.webhook(receiver.url);
      for (const status of ['one', 'two']) await step('doc_a', status);
      const change = (ordered: boolean) =>
        world.unitOfWork.run((tx) =>
          world.changes.changeWebhook(world.caller, id, { ordered }, undefined, tx),
        );
      await change(true);
      expect(await world.claim()).toHaveLength(1);
      await change(false);
      expect(await world.claim()).toHaveLength(1);
    });

    it('that are sent again come before what waits', async () => {
      const { id } = await world.webhook(receiver.url, { ordered: true });
      await step('doc_a', 'one');
      await world.deliver();
      await step('doc_a', 'two');
      const [first] = await world.query<{ id: string }>(
        'SELECT id FROM webhook_deliveries ORDER BY event_id',
      );
      await world.unitOfWork.run((tx) => world.requests.redeliver(world.caller, id, first?.id ?? '', tx));
      await world.deliver();
      expect(order()).toEqual(['doc_a one', 'doc_a one', 'doc_a two']);
    });
  });

  describe('again', () => {
    it('are made under the same id, whatever became of them, one or a range', async () => {
      const { id } = await world.webhook(receiver.url);
      receiver.answer = () => ({ status: 500 });
      await processed('doc_a');
      await world.query('UPDATE webhook_deliveries SET failures = 9');
      await world.deliver();
      const from = world.clock.now();
      world.clock.pass(60);
      await processed('doc_b');
      await world.query("UPDATE webhook_deliveries SET failures = 9 WHERE status = 'pending'");
      await world.deliver();
      receiver.answer = () => ({ status: 200 });
      const again = (filter: object) =>
        world.unitOfWork.run((tx) => world.requests.redeliverAll(world.caller, id, filter, tx));
      const to = world.clock.now();
      expect(await again({ statuses: ['failed'], from, to })).toBe(1);
      expect(await again({ statuses: ['failed'], event: 'project.created' })).toBe(0);
      expect(await world.deliver()).toBe(1);
      expect(await again({ statuses: ['failed'] })).toBe(1);
      expect(await world.deliver()).toBe(1);
      const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
      expect(ids).toHaveLength(4);
      expect(new Set(ids).size).toBe(2);
      expect(await audited()).toContain('webhook.redelivered');
    });

    it('are skipped while a webhook is off, and can be asked for once it is on', async () => {
      const { id } = await world.webhook(receiver.url);
      const change = (enabled: boolean) =>
        world.unitOfWork.run((tx) =>
          world.changes.changeWebhook(world.caller, id, { enabled }, undefined, tx),
        );
      await processed('doc_a');
      await change(false);
      await processed('doc_b');
      await change(true);
      expect(await world.deliver()).toBe(0);
      await world.unitOfWork.run((tx) =>
        world.requests.redeliverAll(world.caller, id, { statuses: ['skipped'] }, tx),
      );
      expect(await world.deliver()).toBe(2);
    });
  });

  it('of a ping go to the webhook that was asked alone', async () => {
    const { id } = await world.webhook(receiver.url, { events: ['project.created'] });
    await world.webhook(`${receiver.url}&other`);
    await world.unitOfWork.run((tx) => world.requests.ping(world.caller, id, tx));
    await world.handOver();
    expect(await world.deliver()).toBe(1);
    expect(receiver.data).toEqual([{ webhook_id: id }]);
  });

  it('are forgotten after thirty days, some at a time', async () => {
    await world.webhook(receiver.url);
    for (const id of ['doc_a', 'doc_b', 'doc_c']) await processed(id);
    const sweep = () =>
      world.unitOfWork.run((tx) => world.deliveries.deleteSome(30, 2, world.clock.now(), tx));
    world.clock.pass(30 * DAY);
    expect(await sweep()).toBe(0);
    world.clock.pass(1);
    expect([await sweep(), await sweep()]).toEqual([2, 1]);
  });
});
