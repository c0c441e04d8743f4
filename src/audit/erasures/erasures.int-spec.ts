import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DiscoveryService } from '@nestjs/core';
import pino from 'pino';
import { TestTenants } from '../../crypto/testing/test-tenant.js';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { TestDatabase } from '../../platform/database/testing/test-database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { ErasableContents, type ErasureRun } from '../../platform/erasure/erasable-contents.js';
import { type SoughtValue, type ValuePrint, ValuePrints } from '../../platform/erasure/sought-value.js';
import { newId } from '../../platform/http/ids.js';
import type { EventOutbox } from '../../platform/outbox/event-outbox.js';
import type { Job, Task } from '../../platform/queue/job.js';
import type { TaskEffect } from '../../platform/queue/task-handler.js';
import { LocalLedgerStore } from '../../platform/storage/local.ledger-store.js';
import { ErasureHandler } from './erasure.handler.js';
import { ErasureCompletion } from './erasure-completion.service.js';
import { ErasureLedger, ForgedEntry } from './erasure-ledger.service.js';
import { ErasureReapplication } from './erasure-reapplication.service.js';
import { ErasureRuns } from './erasure-run.service.js';
import { ErasuresRepository } from './erasures.repository.js';
import { ForgottenErasures } from './forgotten-erasures.service.js';

const PRINT: ValuePrint = { words: 1, first: 'a', whole: 'b', compact: null };

class Prints extends ValuePrints {
  typeOf = (type: string): string => type;
  make = (): ValuePrint => PRINT;
  seek = (): SoughtValue => ({ passages: async () => [] });
}

/** Rows that go one by one, and a worker that dies in between. */
class Rows extends ErasableContents {
  /** Of each organization. */
  readonly left = new Map<string, number>();
  steps = Number.POSITIVE_INFINITY;
  onStep: () => void = () => {};

  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  override async eraseValue(_: SoughtValue, run: ErasureRun): Promise<void> {
    while ((this.left.get(run.organizationId) ?? 0) > 0) {
      if (this.steps-- <= 0) throw new Error('killed');
      this.onStep();
      await this.unitOfWork.run(async (tx) => {
        const left = this.left.get(run.organizationId) ?? 0;
        // Another may have taken the last one while this transaction began.
        if (left === 0) return;
        this.left.set(run.organizationId, left - 1);
        await run.note('rows', 1, tx);
      });
    }
  }
}

describe('carrying erasures out', () => {
  let database: TestDatabase;
  let tenants: TestTenants;
  let folder: string;
  let rows: Rows;
  let handler: ErasureHandler;
  let ledger: ErasureLedger;
  let forgotten: ForgottenErasures;
  let reapplication: ErasureReapplication;
  let tenant: { readonly organizationId: string; readonly userId: string };
  const repository = new ErasuresRepository();
  const events: string[] = [];

  beforeAll(async () => {
    database = await TestDatabase.start([]);
    tenants = new TestTenants(database.dataSource);
  });
  afterAll(() => database.stop());
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'redoubt-ledger-'));
    tenant = await tenants.add();
    const { dataSource } = database;
    const unitOfWork = new UnitOfWork(dataSource);
    rows = new Rows(unitOfWork);
    const discovery = { getProviders: () => [{ instance: rows }] } as unknown as DiscoveryService;
    const signer = await tenants.instanceSigner();
    ledger = new ErasureLedger(new LocalLedgerStore(folder), signer, dataSource);
    const runs = new ErasureRuns(
      repository,
      await tenants.erasureKeys(),
      new Prints(),
      discovery,
      dataSource,
    );
    const outbox = { append: async ({ name }: { name: string }) => void events.push(name) };
    const audit = new AuditWriter(dataSource, tenants.sealer());
    const completion = new ErasureCompletion(repository, signer, audit, outbox as unknown as EventOutbox);
    handler = new ErasureHandler(repository, ledger, runs, completion, unitOfWork, dataSource);
    forgotten = new ForgottenErasures(ledger, repository, dataSource);
    const logger = pino({ level: 'silent' });
    reapplication = new ErasureReapplication(repository, runs, completion, unitOfWork, logger);
    rows.left.set(tenant.organizationId, 3);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const order = async (): Promise<string> => {
    const id = newId('erasure');
    await repository.insert(
      {
        ...{ id, organizationId: tenant.organizationId, status: 'queued', userId: null, withAccount: false },
        projectId: null,
        ...{ type: 'PERSON_NAME', print: PRINT, reasonSealed: null, requestedBy: tenant.userId },
        createdAt: new Date(),
      },
      database.dataSource.manager,
    );
    return id;
  };
  const begin = (id: string): Promise<TaskEffect> =>
    handler.run({
      task: { organizationId: tenant.organizationId } as Task,
      job: { id: newId('job'), createdBy: tenant.userId } as Job,
      input: { erasure_id: id },
      signal: new AbortController().signal,
      log: async () => {},
    });
  const carryOut = async (id: string): Promise<void> => {
    const effect = await begin(id);
    await database.dataSource.transaction((tx) => effect(tx));
  };
  const row = async (id: string) => repository.find(tenant.organizationId, id, database.dataSource.manager);
  const actions = async (id: string): Promise<string[]> => {
    const sql = 'SELECT action FROM audit_logs WHERE target_id = $1 ORDER BY number';
    return (await database.dataSource.query(sql, [id])).map(({ action }: { action: string }) => action);
  };
  const idsOf = async (entries: Promise<{ readonly id: string }[]>): Promise<string[]> =>
    (await entries).map(({ id }) => id);
  const reapply = async (): Promise<number> => reapplication.run(await forgotten.unfinished(), never);
  const never = new AbortController().signal;
  /** As a copy of the database from before the erasure has it. */
  const restore = async (id: string): Promise<void> => {
    await database.dataSource.query('DELETE FROM erasures WHERE id = $1', [id]);
    rows.left.set(tenant.organizationId, 3);
  };

  it('enters the ledger before anything is destroyed', async () => {
    const id = await order();
    rows.onStep = () => expect(readdirSync(join(folder, 'erasures'))).toEqual([id]);
    await carryOut(id);
    expect(await row(id)).toMatchObject({ status: 'completed', counts: { rows: 3 } });
    expect(await actions(id)).toEqual(['erasure.completed']);
    expect(events).toContain('erasure.completed');
    expect(await forgotten.unfinished()).toEqual([]);
  });

  it('goes on where a worker died, and counts what that one did', async () => {
    for (const steps of [0, 1, 2]) {
      rows.left.set(tenant.organizationId, 3);
      const id = await order();
      rows.steps = steps;
      await expect(begin(id)).rejects.toThrow('killed');
      expect(await row(id)).toMatchObject({ status: 'running', statement: null });
      expect(await forgotten.unknown()).toEqual([]);
      expect(await idsOf(forgotten.unfinished())).toEqual([id]);
      rows.steps = Number.POSITIVE_INFINITY;
      await carryOut(id);
      expect(await row(id)).toMatchObject({ status: 'completed', counts: { rows: 3 } });
    }
  });

  it('is stated once, by however many it is carried out', async () => {
    const id = await order();
    const effects = await Promise.all([begin(id), begin(id), begin(id)]);
    await Promise.all(effects.map((effect) => database.dataSource.transaction((tx) => effect(tx))));
    expect(await actions(id)).toEqual(['erasure.completed']);
    expect((await row(id))?.counts).toEqual({ rows: 3 });
  });

  it('is done again where the database has forgotten it, a crash on the way included', async () => {
    const id = await order();
    await carryOut(id);
    await restore(id);
    expect(await idsOf(forgotten.unknown())).toEqual([id]);
    rows.steps = 1;
    await expect(reapply()).rejects.toThrow('killed');
    rows.steps = Number.POSITIVE_INFINITY;
    expect(await idsOf(forgotten.unfinished())).toEqual([id]);
    expect(await reapply()).toBe(1);
    expect(await row(id)).toMatchObject({
      ...{ status: 'completed', counts: { rows: 3 }, type: 'PERSON_NAME', print: PRINT },
      ...{ requestedBy: null, reappliedAt: expect.any(Date) },
    });
    expect(await actions(id)).toEqual(['erasure.completed', 'erasure.reapplied']);
    expect(await forgotten.unfinished()).toEqual([]);
  });

  it('believes no entry that was changed, renamed or made by another installation', async () => {
    const id = await order();
    await carryOut(id);
    await restore(id);
    const file = join(folder, 'erasures', id);
    const stored = readFileSync(file, 'utf8');
    const other = newId('org');
    for (const changed of [
      stored.replace(tenant.organizationId, other),
      stored.replace('"signature":"', '"signature":"A'),
      stored.slice(1),
      '{}',
    ]) {
      writeFileSync(file, changed);
      await expect(reapply()).rejects.toThrow(ForgedEntry);
    }
    const twin = newId('erasure');
    writeFileSync(join(folder, 'erasures', twin), stored);
    await expect(reapply()).rejects.toThrow(ForgedEntry);
    rmSync(join(folder, 'erasures', twin));
    const { public_key } = JSON.parse(stored);
    writeFileSync(file, stored.replace(public_key, Buffer.alloc(32, 1).toString('base64')));
    expect(await reapply()).toBe(0);
    expect(rows.left.get(tenant.organizationId)).toBe(3);
  });

  it('leaves alone what belonged to an organization that is gone, and enters nothing of sandboxes', async () => {
    const id = await order();
    await carryOut(id);
    await restore(id);
    await database.dataSource.query('UPDATE organizations SET deleted_at = now() WHERE id = $1', [
      tenant.organizationId,
    ]);
    expect(await reapply()).toBe(0);
    const live = tenant.organizationId;
    tenant = await tenants.add();
    await database.dataSource.query('UPDATE organizations SET sandbox_of = $2 WHERE id = $1', [
      tenant.organizationId,
      live,
    ]);
    const tried = await order();
    await carryOut(tried);
    expect(await row(tried)).toMatchObject({ status: 'completed' });
    expect(await ledger.ids()).toEqual([id]);
  });
});
