import { createHash } from 'node:crypto';
import { OpenError } from '../../crypto/index.js';
import { TestTenants } from '../../crypto/testing/test-tenant.js';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { createDataSource } from '../../platform/database/data-source.js';
import { TestDatabase } from '../../platform/database/testing/test-database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/http/ids.js';
import { ListQuery, listingOf } from '../../platform/http/listing.js';
import type { Caller } from '../../platform/http/request-context.js';
import { EventConsumer } from '../../platform/outbox/event-consumer.js';
import { testEventOutbox } from '../../platform/outbox/testing/test-event-outbox.js';
import { LostReceiptsSweeper } from './lost-receipts.sweeper.js';
import type { ReceiptEnd, ReceiptOpening } from './receipt.js';
import { ReceiptReading } from './receipt-reading.service.js';
import { ReceiptSealer } from './receipt-sealer.service.js';
import { ReceiptsRepository } from './receipts.repository.js';
import { Receipts } from './receipts.service.js';

const MANY = 60;

/** As webhooks would be. */
class Listener extends EventConsumer {
  readonly name = 'listener';
  readonly events = ['chat.completed'];

  override async handle(): Promise<void> {}
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

const openingOf = (given: Partial<ReceiptOpening> = {}): ReceiptOpening => ({
  id: newId('rcpt'),
  status: 'sent',
  modelRequested: 'gpt-4',
  model: 'gpt-4o',
  upstream: { id: 'up_one', name: 'first' },
  isPrivate: false,
  isShielded: true,
  isStreamed: true,
  policy: { id: 'spol_one', version: 3 },
  counts: { PERSON_NAME: 2, EMAIL: 1 },
  actions: { tokenize: 3 },
  sent: { sha256: sha256('sent'), bytes: 412 },
  unknownFields: [],
  conversationId: undefined,
  projectId: 'proj_one',
  ...given,
});

const END: ReceiptEnd = {
  status: 'completed',
  upstream: undefined,
  answer: { sha256: sha256('answer'), bytes: 1_290 },
  restored: 3,
  unresolved: [],
  usage: { prompt_tokens: 57, completion_tokens: 120, total_tokens: 177 },
  finishReasons: ['stop', 'length'],
  attempts: 2,
  errorCode: undefined,
  firstByteMs: 231.4,
  durationMs: 2_310.2,
};

const NEWS = { completionId: 'chatcmpl_one', model: 'gpt-4o', projectId: 'proj_one' };

describe('receipts', () => {
  let database: TestDatabase;
  let tenants: TestTenants;

  beforeAll(async () => {
    database = await TestDatabase.start([]);
    tenants = new TestTenants(database.dataSource);
  });
  afterAll(() => database.stop());

  /** A tenant's receipts, as one process keeps them. */
  async function openDesk() {
    const { dataSource } = database;
    const { organizationId, userId, sealer } = await tenants.add();
    const [repository, work] = [new ReceiptsRepository(), new UnitOfWork(dataSource)];
    const sealing = new ReceiptSealer(sealer, dataSource);
    const audit = new AuditWriter(dataSource, sealer);
    const principal = {
      ...{ organizationId, userId, credential: { kind: 'api_key', id: 'key_test' } },
      memberships: [{ organizationId, role: 'viewer' }],
    };
    const caller = { principal, requestId: 'req_test', clientAddress: '127.0.0.1' } as unknown as Caller;
    const asAdmin = (id: string): Caller => ({
      ...caller,
      principal: { ...caller.principal, userId: id, memberships: [{ organizationId, role: 'admin' }] },
    });
    const sql = async (text: string) => {
      const [row] = await dataSource.query(text, [organizationId]);
      return row;
    };
    return {
      organizationId,
      caller,
      asAdmin,
      receipts: new Receipts(repository, sealing, audit, testEventOutbox(new Listener()), work, dataSource),
      reading: new ReceiptReading(repository, sealing, dataSource),
      sweeper: new LostReceiptsSweeper(work, repository),
      count: async (table: string, condition = 'true'): Promise<number> =>
        (await sql(`SELECT count(*)::int AS n FROM ${table} WHERE organization_id = $1 AND ${condition}`)).n,
      sql,
    };
  }

  it('are there for every other process once they are opened, each with one entry in the log', async () => {
    const { organizationId, receipts, caller, count } = await openDesk();
    const other = await createDataSource(database.url, 1, []).initialize();
    const openings = Array.from({ length: MANY }, (_, index) =>
      index % 10 === 0 ? openingOf({ status: 'blocked', sent: undefined }) : openingOf(),
    );
    const seen = openings.map(async (opening) => {
      await receipts.open(opening, caller);
      const sql = 'SELECT id FROM chat_receipts WHERE id = $1 AND organization_id = $2';
      return (await other.query(sql, [opening.id, organizationId])).length;
    });
    expect(await Promise.all(seen)).toEqual(openings.map(() => 1));
    await other.destroy();
    expect(await count('chat_receipts', "status = 'sent' AND ended_at IS NULL")).toBe(54);
    expect(await count('chat_receipts', "status = 'blocked' AND ended_at = created_at")).toBe(6);
    expect(await count('audit_logs')).toBe(MANY);
    const inLog = `EXISTS (SELECT FROM chat_receipts r WHERE r.id = target_id AND r.project_id = audit_logs.project_id
      AND action = CASE r.status WHEN 'blocked' THEN 'completion.blocked' ELSE 'completion.created' END
      AND audit_logs.counts = r.counts)`;
    expect(await count('audit_logs', inLog)).toBe(MANY);
  });

  it('fail alone: what cannot be written keeps nobody else’s from being written', async () => {
    const { receipts, caller, count } = await openDesk();
    const taken = openingOf();
    await receipts.open(taken, caller);
    const openings = Array.from({ length: 20 }, (_, index) => (index === 7 ? taken : openingOf()));
    const outcomes = await Promise.allSettled(openings.map((opening) => receipts.open(opening, caller)));
    expect(outcomes.map(({ status }) => status).indexOf('rejected')).toBe(7);
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    expect([await count('chat_receipts'), await count('audit_logs')]).toEqual([20, 20]);
  });

  it('commit together with what belongs to them, or not at all', async () => {
    const { organizationId, receipts, caller, count } = await openDesk();
    const makeScope =
      (id: string) => async (tx: { query(sql: string, values: unknown[]): Promise<unknown> }) => {
        await tx.query(
          `INSERT INTO shield_policies (id, organization_id, updated_by) VALUES ($1, $2, 'user_test')`,
          [id, organizationId],
        );
      };
    const failing = receipts.open(openingOf(), caller, async (tx) => {
      await makeScope('spol_lost')(tx);
      throw new Error('no tokens');
    });
    await expect(failing).rejects.toThrow('no tokens');
    expect([await count('chat_receipts'), await count('audit_logs'), await count('shield_policies')]).toEqual(
      [0, 0, 0],
    );
    const taken = openingOf();
    await receipts.open(taken, caller);
    await expect(receipts.open(taken, caller, makeScope('spol_lost'))).rejects.toThrow();
    await receipts.open(openingOf(), caller, makeScope('spol_kept'));
    expect([await count('chat_receipts'), await count('audit_logs'), await count('shield_policies')]).toEqual(
      [2, 2, 1],
    );
  });

  it('end once, with one event for each that was completed, however often and at once they are closed', async () => {
    const { organizationId, receipts, caller, count, reading, sql } = await openDesk();
    const openings = Array.from({ length: MANY }, () => openingOf());
    await Promise.all(openings.map((opening) => receipts.open(opening, caller)));
    const statuses = ['completed', 'failed', 'cancelled'] as const;
    const closing = [...openings, ...openings].map(({ id }, index) =>
      receipts.close(id, organizationId, { ...END, status: statuses[index % 3] ?? 'completed' }, NEWS),
    );
    await Promise.all(closing);
    for (const status of statuses)
      expect(await count('chat_receipts', `status = '${status}'`)).toBe(MANY / 3);
    expect(await count('events', "name = 'chat.completed' AND project_id = 'proj_one'")).toBe(MANY / 3);
    const isWaiting =
      "EXISTS (SELECT FROM event_deliveries d WHERE d.event_id = events.id AND d.consumer = 'listener')";
    expect(await count('events', isWaiting)).toBe(MANY / 3);
    const { data } = await sql('SELECT data FROM events WHERE organization_id = $1');
    expect(data).toEqual({
      ...{
        receipt_id: expect.stringMatching(/^rcpt_/),
        completion_id: 'chatcmpl_one',
        project_id: 'proj_one',
      },
      ...{ model: 'gpt-4o', status: 'completed', finish_reason: 'stop' },
      ...{ prompt_tokens: 57, completion_tokens: 120, duration_ms: 2_310 },
    });
    const closed = await reading.getReceipt(caller, String(data.receipt_id));
    expect(closed).toMatchObject({
      ...{ status: 'completed', upstreamId: 'up_one', upstreamName: 'first', restored: 3, attempts: 2 },
      ...{
        answerSha256: sha256('answer'),
        answerBytes: 1_290,
        requestSha256: sha256('sent'),
        requestBytes: 412,
      },
      ...{ usage: END.usage, finishReasons: ['stop', 'length'], firstByteMs: 231, durationMs: 2_310 },
      ...{ endedAt: expect.any(Date), errorCode: null, counts: { PERSON_NAME: 2, EMAIL: 1 } },
    });
  });

  it('never end by another organization', async () => {
    const [mine, foreign] = [await openDesk(), await openDesk()];
    const opening = openingOf();
    await mine.receipts.open(opening, mine.caller);
    await foreign.receipts.close(opening.id, foreign.organizationId, END, NEWS);
    expect(await mine.count('chat_receipts', "status = 'sent'")).toBe(1);
    expect(await foreign.count('events')).toBe(0);
    await expect(foreign.reading.getReceipt(foreign.caller, opening.id)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('are seen by whoever asked and by administrators, filtered and in order', async () => {
    const { receipts, caller, asAdmin, reading } = await openDesk();
    const openings = [
      openingOf({ projectId: 'proj_two' }),
      openingOf({ model: 'local' }),
      openingOf({ status: 'blocked', upstream: undefined, sent: undefined }),
    ];
    for (const opening of openings) await receipts.open(opening, caller);
    const ids = openings.map(({ id }) => id);
    const list = async (who: Caller, filter: object = {}) => {
      const { rows, total } = await reading.listReceipts(who, filter, listingOf(new ListQuery()));
      expect(total).toBe(rows.length);
      return rows.map(({ id }) => ids.indexOf(id));
    };
    expect(await list(caller)).toEqual([2, 1, 0]);
    expect(await list(asAdmin('user_other'))).toEqual([2, 1, 0]);
    const stranger = { ...caller, principal: { ...caller.principal, userId: 'user_other' } };
    expect(await list(stranger)).toEqual([]);
    await expect(reading.getReceipt(stranger, ids[0] ?? '')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await list(caller, { status: 'blocked' })).toEqual([2]);
    expect(await list(caller, { model: 'local' })).toEqual([1]);
    expect(await list(caller, { projectId: 'proj_two' })).toEqual([0]);
    expect(await list(caller, { to: new Date(0) })).toEqual([]);
    expect(await list(caller, { from: new Date(0), projectId: 'proj_one' })).toEqual([2, 1]);
  });

  it('keep sealed what clients and models wrote, bound to its receipt and its part', async () => {
    const { organizationId, receipts, caller, reading, sql } = await openDesk();
    const opening = openingOf({ unknownFields: ['zebra_option', 'safety.quagga'] });
    const unresolved = [{ token: 'EMAIL-7K3M9P2Q4R6S8TVW', reason: 'unknown' }];
    await receipts.open(opening, caller);
    await receipts.close(opening.id, organizationId, { ...END, unresolved }, NEWS);
    expect(await reading.getReceipt(caller, opening.id)).toMatchObject({
      unknownFields: opening.unknownFields,
      unresolved,
    });
    const { kept } = await sql('SELECT r::text AS kept FROM chat_receipts r WHERE organization_id = $1');
    const { logged } = await sql('SELECT a::text AS logged FROM audit_logs a WHERE organization_id = $1');
    const spelt = (text: string) => Buffer.from(text).toString('hex');
    for (const secret of ['zebra', 'quagga', '7K3M9P2Q'])
      for (const text of [kept, logged]) {
        expect(text).not.toContain(secret);
        expect(text).not.toContain(spelt(secret));
      }
    const swap = 'UPDATE chat_receipts SET sealed = outcome_sealed, outcome_sealed = sealed WHERE id = $1';
    await database.dataSource.query(swap, [opening.id]);
    await expect(reading.getReceipt(caller, opening.id)).rejects.toThrow(OpenError);
  });

  it('of processes that ended are marked after an hour, and may still end truly', async () => {
    const { organizationId, receipts, caller, reading, sweeper, count } = await openDesk();
    const [lost, fresh, over] = [openingOf(), openingOf(), openingOf()] as const;
    for (const opening of [lost, fresh, over]) await receipts.open(opening, caller);
    await receipts.close(over.id, organizationId, END, NEWS);
    await database.dataSource.query(
      "UPDATE chat_receipts SET created_at = created_at - interval '61 minutes' WHERE id = ANY($1)",
      [[lost.id, over.id]],
    );
    await sweeper.run(new AbortController().signal);
    const stateOf = async (id: string) => {
      const { status, errorCode } = await reading.getReceipt(caller, id);
      return `${status} ${errorCode}`;
    };
    expect(await Promise.all([lost, fresh, over].map(({ id }) => stateOf(id)))).toEqual([
      'failed PROCESS_ENDED',
      'sent null',
      'completed null',
    ]);
    await receipts.close(lost.id, organizationId, END, NEWS);
    expect(await stateOf(lost.id)).toBe('completed null');
    expect(await count('events')).toBe(2);
  });
});
