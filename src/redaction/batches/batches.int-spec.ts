import type { Tx } from '../../platform/database/unit-of-work.js';
import { type Listing, listingOf } from '../../platform/http/listing.js';
import type { Caller } from '../../platform/http/request-context.js';
import type { Job } from '../../platform/queue/job.js';
import { JobControl } from '../../platform/queue/job-control.js';
import { type BatchDocument, isRefused } from '../batch-documents.service.js';
import { BatchRemoval } from './batch-removal.service.js';
import { BatchesService } from './batches.service.js';
import { ExpiredBatches } from './expired-batches.sweeper.js';
import { BatchWorld } from './testing/batch-world.js';

jest.setTimeout(120_000);

const letters = (count: number, padding = ''): BatchDocument[] =>
  Array.from({ length: count }, (_, number) => ({
    id: `doc-${number}`,
    data: `Letter ${number}: write to person${number}@example.com.${padding}`,
  }));

const ALL: Listing = {
  ...listingOf({ page: 1, page_size: 100, sort: 'position', order: 'asc' }),
  page: { number: 1, size: 20_000, offset: 0 },
};

describe('asynchronous batches', () => {
  let world: BatchWorld;
  let caller: Caller;

  beforeAll(async () => {
    world = await BatchWorld.start();
    caller = await world.addUser();
  });
  afterAll(() => world?.stop());

  const batchOf = ({ reference }: { readonly reference: Readonly<Record<string, string>> }): string =>
    reference.batch_id ?? '';

  const resultsOf = async (batchId: string, who = caller) =>
    (await world.get(BatchesService).listResults(who, batchId, ALL)).rows;

  const left = async (batchId: string): Promise<[documents: number, results: number]> => {
    const count = async (table: string): Promise<number> => {
      const sql = `SELECT count(*)::int AS n FROM ${table} WHERE batch_id = $1`;
      return (await world.query<{ n: number }>(sql, [batchId]))[0]?.n ?? 0;
    };
    return [await count('batch_documents'), await count('batch_results')];
  };

  const audited = async (batchId: string, action: string): Promise<{ counts: object }[]> =>
    world.query('SELECT counts FROM audit_logs WHERE target_id = $1 AND action = $2', [batchId, action]);

  /** Every document once, in order, with its own text. */
  async function expectComplete(batchId: string, documents: readonly BatchDocument[]): Promise<void> {
    const results = await resultsOf(batchId);
    expect(results.map(({ documentId }) => documentId)).toEqual(documents.map(({ id }) => id));
    results.forEach(({ outcome }, number) => {
      expect(isRefused(outcome) ? outcome : outcome.processed).toContain(
        `Letter ${number}: write to [EMAIL].`,
      );
    });
    expect(await left(batchId)).toEqual([0, documents.length]);
  }

  describe('while no worker is there', () => {
    it('lie sealed: nothing of documents or options is in any table, and none opens in another place', async () => {
      const job = await world.accept(caller, letters(3));
      const batchId = batchOf(job);
      const rows = await world.query<{ sealed: Buffer }>(
        'SELECT sealed FROM batch_documents WHERE batch_id = $1',
        [batchId],
      );
      expect(rows).toHaveLength(3);
      for (const { sealed } of rows) expect(sealed.includes('example.com')).toBe(false);
      const [batch] = await world.query<{ order_sealed: Buffer }>(
        'SELECT order_sealed FROM batches WHERE id = $1',
        [batchId],
      );
      expect(batch?.order_sealed.includes('confidence_threshold')).toBe(false);
      const [task] = await world.tasks(job.id);
      expect(task?.input).toEqual({ batch_id: batchId, chunk: 0 });
      expect(await audited(batchId, 'batch.accepted')).toEqual([{ counts: { documents: 3 } }]);
      await world.write((tx) => world.get(BatchRemoval).deleteBatch(caller, batchId, tx));
      expect(await left(batchId)).toEqual([0, 0]);
    });

    it('leave nothing behind when their acceptance fails', async () => {
      const tables = ['batches', 'batch_documents', 'jobs', 'tasks', 'outbox', 'audit_logs'];
      const count = () => Promise.all(tables.map((table) => world.query(`SELECT count(*) FROM ${table}`)));
      const before = await count();
      const meddle = () => Promise.reject(new Error('later'));
      await expect(world.accept(caller, letters(120), { meddle })).rejects.toThrow('later');
      expect(await count()).toEqual(before);
    });

    it('are seen by their user, by administrators without the results, and by nobody else', async () => {
      const batchId = batchOf(await world.accept(caller, letters(2)));
      const batches = world.get(BatchesService);
      const colleague = await world.addUser('user', caller);
      const stranger = await world.addUser('admin');
      const admin = await world.addUser('admin', caller);
      expect((await batches.getBatch(admin, batchId)).batch.documents).toBe(2);
      await expect(resultsOf(batchId, admin)).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
      for (const other of [colleague, stranger]) {
        await expect(batches.getBatch(other, batchId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
        await expect(resultsOf(batchId, other)).rejects.toMatchObject({ code: 'NOT_FOUND' });
        const removal = world.write((tx) => world.get(BatchRemoval).deleteBatch(other, batchId, tx));
        await expect(removal).rejects.toMatchObject({ code: 'NOT_FOUND' });
      }
      await world.write((tx) => world.get(BatchRemoval).deleteBatch(admin, batchId, tx));
    });

    it('expire: gone at once, erased by the sweeper with what is left of their work', async () => {
      const job = await world.accept(caller, letters(700));
      const batchId = batchOf(job);
      await world.query("UPDATE batches SET expires_at = now() - interval '1 second' WHERE id = $1", [
        batchId,
      ]);
      await expect(world.get(BatchesService).getBatch(caller, batchId)).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
      await world.get(ExpiredBatches).run(new AbortController().signal);
      expect(await left(batchId)).toEqual([0, 0]);
      expect(await world.query('SELECT FROM batches WHERE id = $1', [batchId])).toEqual([]);
      expect((await world.job(job.id)).status).toBe('cancelled');
    });

    it('live 48 hours at most', async () => {
      const { batch } = await world
        .get(BatchesService)
        .getBatch(caller, batchOf(await world.accept(caller, letters(1))));
      expect(batch.expiresAt.getTime() - batch.createdAt.getTime()).toBe(48 * 3_600_000);
    });
  });

  it('survive workers that are killed in the middle: every document has one result', async () => {
    // Half a megabyte a document: two to a chunk, a good while of work each.
    const documents = letters(24, ' Nothing to see here, nobody to find.'.repeat(13_000));
    const first = await world.addWorker(2);
    const job = await world.accept(caller, documents);
    await world.until('some chunk is under way', async () =>
      (await world.tasks(job.id)).some(({ status }) => status === 'running'),
    );
    await world.kill(first);
    const interrupted = (await world.tasks(job.id)).filter(({ status }) => status === 'running');
    expect(interrupted.length).toBeGreaterThan(0);
    await world.addWorker();
    const ended = await world.ended(job.id);
    expect(ended).toMatchObject({ status: 'completed', itemsCompleted: 24, itemsFailed: 0 });
    const again = (await world.tasks(job.id)).filter(({ crashes }) => crashes > 0);
    expect(again.map(({ id }) => id)).toEqual(interrupted.map(({ id }) => id));
    await expectComplete(batchOf(job), documents);
    expect(await audited(batchOf(job), 'batch.processed')).toEqual([
      { counts: { documents: 24, completed: 24, failed: 0, entities: 24, EMAIL: 24 } },
    ]);
  });

  describe('with a worker', () => {
    beforeAll(() => world.addWorker());

    it('keep the documents of a chunk that failed for good, and process them when it is repeated', async () => {
      const documents = letters(60);
      // Two documents in each other's place: what was sealed for one does not open for another.
      const swap = ({ reference }: Job, tx: Tx) =>
        tx.query(
          `UPDATE batch_documents d SET sealed = o.sealed FROM batch_documents o
            WHERE d.batch_id = $1 AND o.batch_id = $1 AND d.position + o.position = 109
              AND d.position IN (52, 57)`,
          [reference.batch_id],
        );
      const meddle = async (job: Job, tx: Tx) => {
        await swap(job, tx);
        await tx.query('UPDATE tasks SET max_attempts = 2 WHERE job_id = $1', [job.id]);
      };
      const job = await world.accept(caller, documents, { meddle });
      const batchId = batchOf(job);
      const failed = await world.ended(job.id);
      expect(failed).toMatchObject({ status: 'completed', itemsCompleted: 50, itemsFailed: 10 });
      expect(await left(batchId)).toEqual([10, 50]);
      await world.write((tx) => swap(job, tx));
      await world.write((tx) =>
        world.get(JobControl).retry({ organizationId: job.organizationId, jobId: job.id }, tx),
      );
      expect(await world.ended(job.id)).toMatchObject({
        status: 'completed',
        itemsCompleted: 60,
        itemsFailed: 0,
      });
      await expectComplete(batchId, documents);
      expect(await audited(batchId, 'batch.processed')).toEqual([
        { counts: { documents: 60, completed: 50, failed: 0, entities: 50, EMAIL: 50 } },
        { counts: { documents: 60, completed: 60, failed: 0, entities: 60, EMAIL: 60 } },
      ]);
    });

    it('go chunk after chunk when they must, over a chunk that failed for good too', async () => {
      const meddle = async ({ id, reference }: Job, tx: Tx) => {
        await tx.query('UPDATE tasks SET max_attempts = 1 WHERE job_id = $1', [id]);
        const spoil = "UPDATE batch_documents SET sealed = '\\x00' WHERE batch_id = $1 AND chunk = 2";
        await tx.query(spoil, [reference.batch_id]);
      };
      const job = await world.accept(caller, letters(300), { sequential: true, meddle });
      expect(await world.ended(job.id)).toMatchObject({ itemsCompleted: 250, itemsFailed: 50 });
      const tasks = await world.tasks(job.id);
      expect(tasks.map(({ status }) => status)).toEqual(
        [0, 1, 2, 3, 4, 5].map((position) => (position === 2 ? 'failed' : 'completed')),
      );
      tasks.slice(1).forEach(({ startedAt }, before) => {
        expect(startedAt?.getTime()).toBeGreaterThanOrEqual(tasks[before]?.finishedAt?.getTime() ?? 0);
      });
    });

    it('can be erased at any moment', async () => {
      for (let trial = 0; trial < 10; trial++) {
        const job = await world.accept(caller, letters(400));
        const enough = 40 * trial;
        await world.until('some is done', async () => (await world.job(job.id)).itemsCompleted >= enough);
        await world.write((tx) => world.get(BatchRemoval).deleteBatch(caller, batchOf(job), tx));
        await world.ended(job.id);
        expect(await left(batchOf(job))).toEqual([0, 0]);
      }
    });

    it('have 24 hours from the end of their job', async () => {
      const job = await world.accept(caller, letters(1));
      const { finishedAt } = await world.ended(job.id);
      const { batch } = await world.get(BatchesService).getBatch(caller, batchOf(job));
      expect(batch.expiresAt.getTime() - (finishedAt?.getTime() ?? 0)).toBe(24 * 3_600_000);
    });
  });
});
