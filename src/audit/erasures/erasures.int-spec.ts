import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DiscoveryService } from '@nestjs/core';
import pino from 'pino';
import { TestTenants } from '../../crypto/testing/test-tenant.js';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { TestDatabase } from '../../platform/database/testing/test-database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import {
  DocumentSearch,
  type DocumentSearchRun,
  type SearchedDocument,
} from '../../platform/erasure/document-search.js';
import { ErasableContents, type ErasureRun } from '../../platform/erasure/erasable-contents.js';
import { type SoughtValue, type ValuePrint, ValuePrints } from '../../platform/erasure/sought-value.js';
import { newId } from '../../platform/http/ids.js';
import type { EventOutbox } from '../../platform/outbox/event-outbox.js';
import type { Job, Task } from '../../platform/queue/job.js';
import type { TaskEffect } from '../../platform/queue/task-handler.js';
import { LocalLedgerStore } from '../../platform/storage/local.ledger-store.js';
import { DocumentReportsRepository } from './document-reports.repository.js';
import { DocumentSearches } from './document-searches.service.js';
import { ErasureHandler } from './erasure.handler.js';
import { ErasureCompletion } from './erasure-completion.service.js';
import { ErasureLedger, ForgedEntry } from './erasure-ledger.service.js';
import { columnsOf } from './erasure-opener.service.js';
import { ErasureReapplication } from './erasure-reapplication.service.js';
import { ErasureRuns } from './erasure-run.service.js';
import { ErasuresRepository } from './erasures.repository.js';
import { ForgottenErasures } from './forgotten-erasures.service.js';
import { LeftSearches } from './left-searches.sweeper.js';

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

/** Documents with and without the value, and a worker that dies in between. */
class Documents extends DocumentSearch {
  /** In each organization, by their ids. */
  readonly left = new Map<string, Map<string, SearchedDocument['outcome'] | 'unread'>>();
  steps = Number.POSITIVE_INFINITY;
  onDelete: (id: string) => void = () => {};

  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  async extent(organizationId: string) {
    const ids = this.idsOf(organizationId);
    return { total: ids.length, until: ids.at(-1) ?? '' };
  }

  async search(_: SoughtValue, run: DocumentSearchRun): Promise<void> {
    for (const documentId of this.idsOf(run.organizationId)) {
      if (documentId <= run.after || documentId > run.until) continue;
      if (this.steps-- <= 0) throw new Error('killed');
      const is = this.left.get(run.organizationId)?.get(documentId);
      const searched = { documentId, unread: is === 'unread' ? 'PASSWORD_REQUIRED' : null };
      if (is === 'found' && run.action === 'delete') {
        await run.announce(documentId);
        await this.unitOfWork.run(async (tx) => {
          await run.note({ ...searched, outcome: 'deleted' }, tx);
          await this.delete(run.organizationId, documentId);
        });
      } else await run.note({ ...searched, outcome: is === undefined || is === 'unread' ? 'clear' : is });
    }
  }

  async delete(organizationId: string, documentId: string) {
    this.onDelete(documentId);
    return this.left.get(organizationId)?.delete(documentId) ? ('deleted' as const) : ('gone' as const);
  }

  idsOf(organizationId: string): string[] {
    return [...(this.left.get(organizationId)?.keys() ?? [])].sort();
  }
}

describe('carrying erasures out', () => {
  let database: TestDatabase;
  let tenants: TestTenants;
  let folder: string;
  let rows: Rows;
  let documents: Documents;
  let searches: LeftSearches;
  let handler: ErasureHandler;
  let ledger: ErasureLedger;
  let forgotten: ForgottenErasures;
  let reapplication: ErasureReapplication;
  let tenant: { readonly organizationId: string; readonly userId: string };
  const repository = new ErasuresRepository();
  const reports = new DocumentReportsRepository();
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
    documents = new Documents(unitOfWork);
    const found = [{ instance: rows }, { instance: documents }];
    const discovery = { getProviders: () => found } as unknown as DiscoveryService;
    const signer = await tenants.instanceSigner();
    ledger = new ErasureLedger(new LocalLedgerStore(folder), signer, dataSource);
    const runs = new ErasureRuns(
      repository,
      await tenants.erasureKeys(),
      new Prints(),
      new DocumentSearches(repository, reports, ledger, discovery, unitOfWork, dataSource),
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
    searches = new LeftSearches(reports, repository, runs, completion, unitOfWork, dataSource);
    rows.left.set(tenant.organizationId, 3);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const order = async (documents: 'keep' | 'delete' = 'keep'): Promise<string> => {
    const id = newId('erasure');
    await repository.insert(
      {
        ...{ id, organizationId: tenant.organizationId, status: 'queued', requestedBy: tenant.userId },
        ...columnsOf({ type: 'PERSON_NAME', print: PRINT, documents }),
        reasonSealed: null,
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

  describe('that looks into documents', () => {
    const DOCUMENTS = ['clear', 'found', 'unread', 'found', 'held', 'clear'] as const;
    const FOUND = ['doc_1', 'doc_3', 'doc_4'];
    const fillDocuments = (): void => {
      const ids = DOCUMENTS.map((is, at) => [`doc_${at}`, is] as const);
      documents.left.set(tenant.organizationId, new Map(ids));
    };
    beforeEach(fillDocuments);

    const left = (): string[] => documents.idsOf(tenant.organizationId);
    const report = async (id: string) => (await row(id))?.documentReport;

    it('reports them, or deletes them, and says of the others what they are', async () => {
      const kept = await order();
      await carryOut(kept);
      expect(left()).toHaveLength(DOCUMENTS.length);
      const searched = { total: 6, searched: 6, foundIds: FOUND, unreadIds: ['doc_2'] };
      expect(await row(kept)).toMatchObject({
        counts: { rows: 3, documents_found: 3, documents_held: 1, documents_unread: 1 },
        documentReport: { ...searched, action: 'keep', unreadReasons: { PASSWORD_REQUIRED: 1 } },
      });
      const deleting = await order('delete');
      await carryOut(deleting);
      expect(left()).toEqual(['doc_0', 'doc_2', 'doc_4', 'doc_5']);
      expect(await row(deleting)).toMatchObject({
        counts: { documents_found: 3, documents_deleted: 2, documents_held: 1, documents_unread: 1 },
        documentReport: { ...searched, action: 'delete' },
      });
    });

    it('goes on where a worker died, the ledger being told of each before it goes', async () => {
      documents.onDelete = (id) =>
        expect(readdirSync(join(folder, 'erased_documents')).some((name) => name.endsWith(id))).toBe(true);
      for (const steps of [0, 1, 2, 4, 6]) {
        fillDocuments();
        const id = await order('delete');
        documents.steps = steps;
        if (steps < 6) await expect(begin(id)).rejects.toThrow('killed');
        expect((await report(id))?.searched ?? 0).toBe(steps < 6 ? steps : 0);
        documents.steps = Number.POSITIVE_INFINITY;
        await carryOut(id);
        expect((await row(id))?.counts).toMatchObject({ documents_found: 3, documents_deleted: 2 });
        expect(await report(id)).toMatchObject({ searched: 6, foundIds: FOUND });
      }
    });

    it('counts each once, by however many it is carried out', async () => {
      const id = await order('delete');
      const effects = await Promise.all([begin(id), begin(id), begin(id)]);
      await Promise.all(effects.map((effect) => database.dataSource.transaction((tx) => effect(tx))));
      expect((await row(id))?.counts).toMatchObject({ documents_found: 3, documents_deleted: 2 });
      expect(await report(id)).toMatchObject({ searched: 6, foundIds: FOUND });
    });

    it('deletes again at once what it deleted, and leaves it to workers to look into the rest', async () => {
      const id = await order('delete');
      await carryOut(id);
      await restore(id);
      fillDocuments();
      // In the copy, and deleted by somebody before the erasure came to it.
      documents.left.get(tenant.organizationId)?.set('doc_6', 'found');
      documents.steps = 0;
      expect(await reapply()).toBe(1);
      expect(left()).toEqual(['doc_0', 'doc_2', 'doc_4', 'doc_5', 'doc_6']);
      expect(await row(id)).toMatchObject({ status: 'running', documents: 'delete' });
      await expect(searches.run(never)).rejects.toThrow('killed');
      documents.steps = Number.POSITIVE_INFINITY;
      await searches.run(never);
      expect(left()).toEqual(['doc_0', 'doc_2', 'doc_4', 'doc_5']);
      expect(await row(id)).toMatchObject({
        status: 'completed',
        counts: { rows: 3, documents_found: 4, documents_deleted: 3, documents_held: 1 },
        documentReport: { total: 7, searched: 7 },
      });
      expect(await actions(id)).toEqual(['erasure.completed', 'erasure.reapplied']);
      expect(await forgotten.unfinished()).toEqual([]);
      const kept = await order();
      await carryOut(kept);
      await restore(kept);
      await reapply();
      expect(await row(kept)).toMatchObject({ status: 'completed', documentReport: null });
    });

    it('believes no entry of a document that was moved to another erasure', async () => {
      const id = await order('delete');
      await carryOut(id);
      const other = newId('erasure');
      const at = (name: string): string => join(folder, 'erased_documents', name);
      writeFileSync(at(`${other}_doc_0`), readFileSync(at(`${id}_doc_1`)));
      const { organizationId } = tenant;
      expect(await ledger.documentsOf({ id, organizationId })).toEqual(['doc_1', 'doc_3']);
      await expect(ledger.documentsOf({ id: other, organizationId })).rejects.toThrow(ForgedEntry);
    });
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
