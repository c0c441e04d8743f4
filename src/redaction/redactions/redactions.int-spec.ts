import { setTimeout as sleep } from 'node:timers/promises';
import { DocumentOperations, RedactedFiles } from '../../files/index.js';
import { platformError } from '../../platform/errors/app-error.js';
import type { Job } from '../../platform/queue/job.js';
import { ProjectOperations } from '../../projects/index.js';
import { DocumentFailure } from '../documents/document-failure.js';
import { Gate } from './testing/gate.js';
import { eraseDigits, PICTURE, RedactionWorld, reportOf } from './testing/redaction-world.js';

jest.setTimeout(120_000);

const PASSWORD = 'correct horse battery staple';

const secrets = (password: string, documentPassword?: string) => ({
  secrets: { keyId: 'eph_1', password, documentPassword },
});

describe('redactions of documents', () => {
  let world: RedactionWorld;

  beforeAll(async () => {
    world = await RedactionWorld.start();
  });
  afterAll(() => world?.stop());
  beforeEach(() => {
    world.redact = eraseDigits;
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    for (const gate of Gate.all) gate.release();
    expect(await world.count('grants')).toBe(0);
  });

  it('make a copy of each document, with a report, and tell of it once', async () => {
    const project = await world.newProject();
    const first = await world.upload(project, 'a.txt', 'call 555');
    const second = await world.upload(project, 'b.csv', 'a,b\n1,2\n');
    const job = await world.ended((await world.accept(project)).id);
    expect(job).toMatchObject({ status: 'completed', itemsCompleted: 2, itemsFailed: 0 });
    expect([await world.redactedText(first), await world.redactedText(second)]).toEqual([
      'call [x][x][x]',
      'a,b\n[x],[x]\n',
    ]);
    expect(await world.statusOf(first)).toEqual(['processed', 'completed']);
    expect(await world.rowsOf(job)).toMatchObject([
      { documentId: first, status: 'completed', redactions: 3, originalSize: 8, redactedSize: 14 },
      { documentId: second, status: 'completed', redactions: 2 },
    ]);
    const data = { project_id: project, redaction_id: job.reference.redaction_id };
    expect(await world.processedEvents(first)).toEqual([
      { data: { ...data, document_id: first, status: 'completed', redactions_found: 3 } },
    ]);
    // The name of a type of the client's own is the client's text, and stays out.
    expect(await world.audited(first)).toEqual([
      { counts: { entities: 4, EMAIL: 3, CUSTOM: 1, regions: 0 } },
    ]);
    expect((await world.outcomeOf(first)).result?.report).toEqual(reportOf(3));
    const [stored] = await world.query<{ sealed: Buffer }>(
      'SELECT report_sealed AS sealed FROM redaction_reports WHERE document_id = $1',
      [first],
    );
    expect(stored?.sealed.includes('EMAIL')).toBe(false);
    expect(await world.count('loose_objects WHERE NOT doomed')).toBe(0);
  });

  it('replace the copy of an earlier one', async () => {
    const project = await world.newProject();
    const document = await world.upload(project, 'a.txt', 'call 555');
    await world.ended((await world.accept(project)).id);
    world.redact = async (job, signal) => ({
      ...(await eraseDigits(job, signal)),
      bytes: Buffer.from('2nd'),
    });
    const again = await world.accept(project);
    await world.ended(again.id);
    expect(await world.redactedText(document)).toBe('2nd');
    expect((await world.outcomeOf(document)).redactionId).toBe(again.reference.redaction_id);
    expect(await world.count('files WHERE document_id = $1', [document])).toBe(2);
  });

  it('fail for a document alone, for good, and say why and where', async () => {
    const project = await world.newProject();
    const bad = await world.upload(project, 'bad.txt', 'bad');
    const good = await world.upload(project, 'good.txt', '1');
    const picture = await world.upload(project, 'p.png', PICTURE);
    world.redact = async (job, signal) => {
      if (job.name === 'bad.txt') throw new DocumentFailure('DOCUMENT_WITHOUT_TEXT', 3);
      return eraseDigits(job, signal);
    };
    const job = await world.ended((await world.accept(project)).id);
    expect(job).toMatchObject({ status: 'completed', itemsCompleted: 1, itemsFailed: 2 });
    expect(await world.rowsOf(job)).toMatchObject([
      { documentId: bad, status: 'failed', errorCode: 'DOCUMENT_WITHOUT_TEXT', errorPage: 3 },
      { documentId: good, status: 'completed', errorCode: null },
      { documentId: picture, status: 'failed', errorCode: 'FORMAT_NOT_REDACTABLE', errorPage: null },
    ]);
    expect((await world.tasks(job.id)).map(({ attempts }) => attempts)).toEqual([1, 1, 1]);
    expect(await world.statusOf(bad)).toEqual(['failed', 'failed']);
    expect(await world.statusOf(good)).toEqual(['processed', 'completed']);
    expect(
      (await world.processedEvents(bad)).map(({ data }) => [data.status, data.redactions_found]),
    ).toEqual([['failed', 0]]);
    expect(await world.outcomeOf(bad)).toMatchObject({
      result: undefined,
      errorCode: 'DOCUMENT_WITHOUT_TEXT',
      errorPage: 3,
    });
    const lines = await world.query('SELECT message FROM job_logs WHERE job_id = $1 AND code = $2', [
      job.id,
      'DOCUMENT_WITHOUT_TEXT',
    ]);
    expect(lines[0]?.message).toContain(`Document ${bad}, page 3:`);
    await expect(world.accept(project, { documentIds: [good, picture] })).rejects.toMatchObject({
      code: 'FORMAT_NOT_REDACTABLE',
      message: expect.stringContaining(picture),
    });
  });

  it('have failed when every document did, and can be retried', async () => {
    const project = await world.newProject();
    const document = await world.upload(project, 'a.txt', '7');
    world.redact = async () => {
      throw new DocumentFailure('DOCUMENT_DAMAGED');
    };
    const job = await world.accept(project);
    expect(await world.ended(job.id)).toMatchObject({ status: 'failed', errorCode: 'DOCUMENT_DAMAGED' });
    const gate = new Gate();
    world.redact = async (one, signal) => {
      await gate.wait();
      return eraseDigits(one, signal);
    };
    await world.control('retry', job);
    expect(['queued', 'running']).toContain((await world.rowsOf(job))[0]?.status);
    await expect(world.accept(project)).rejects.toMatchObject({ code: 'REDACTION_RUNNING' });
    gate.release();
    expect(await world.ended(job.id)).toMatchObject({
      status: 'completed',
      itemsCompleted: 1,
      itemsFailed: 0,
    });
    expect(await world.redactedText(document)).toBe('[x]');
    expect(await world.rowsOf(job)).toMatchObject([
      { status: 'completed', errorCode: null, errorPage: null },
    ]);
    expect(await world.statusOf(document)).toEqual(['processed', 'completed']);
  });

  it('wait for a storage that does not answer', async () => {
    const project = await world.newProject();
    const document = await world.upload(project, 'a.txt', '7');
    const open = jest.spyOn(world.get(RedactedFiles), 'openOriginal');
    open.mockRejectedValueOnce(platformError('SERVICE_UNAVAILABLE'));
    const job = await world.ended((await world.accept(project)).id);
    expect(job.status).toBe('completed');
    expect((await world.tasks(job.id))[0]?.attempts).toBe(2);
    expect(await world.redactedText(document)).toBe('[x]');
  });

  it('leave nothing visible of what was cancelled, and keep what was done', async () => {
    const project = await world.newProject();
    const done = await world.upload(project, 'done.txt', '1');
    const busy = await world.upload(project, 'busy.txt', '2');
    const gate = new Gate();
    let aborted = false;
    world.redact = async (job, signal) => {
      if (job.name === 'done.txt') return eraseDigits(job, signal);
      signal.addEventListener('abort', () => {
        aborted = true;
      });
      await gate.wait();
      return eraseDigits(job, signal);
    };
    const job = await world.accept(project);
    await world.until('one is done and one busy', async () => {
      const statuses = (await world.rowsOf(job)).map(({ status }) => status);
      return statuses[0] === 'completed' && statuses[1] === 'running';
    });
    expect(await world.statusOf(busy)).toEqual(['processing', 'running']);
    await world.control('cancel', job);
    expect((await world.job(job.id)).status).toBe('cancelled');
    expect((await world.rowsOf(job)).map(({ status }) => status)).toEqual(['completed', 'cancelled']);
    expect(await world.statusOf(busy)).toEqual(['uploaded', 'none']);
    await world.until('the worker notices', async () => aborted);
    gate.release();
    await sleep(300);
    expect(await world.redactedText(busy)).toBeUndefined();
    expect(await world.redactedText(done)).toBe('[x]');
    expect(await world.processedEvents(busy)).toEqual([]);
    await expect(world.outcomeOf(busy)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('happen once, however often a worker is lost in the middle', async () => {
    const project = await world.newProject();
    const document = await world.upload(project, 'a.txt', '7');
    const gates = [new Gate(), new Gate(), new Gate()];
    let attempt = 0;
    world.redact = async (job, signal) => {
      const mine = attempt++;
      await gates[mine]?.wait();
      const result = await eraseDigits(job, signal);
      return { ...result, bytes: Buffer.from(`attempt ${mine}`) };
    };
    const job = await world.accept(project);
    for (const [index, gate] of gates.entries()) {
      await world.until(`attempt ${index} began`, async () => gate.begun > 0);
      if (index === gates.length - 1) break;
      await world.query(
        `UPDATE tasks SET lease_token = gen_random_uuid(), lease_until = now() - interval '1 second'
          WHERE job_id = $1 AND status = 'running'`,
        [job.id],
      );
    }
    // The last attempt ends first; the lost ones come late.
    gates.at(-1)?.release();
    expect((await world.ended(job.id)).status).toBe('completed');
    for (const gate of gates) gate.release();
    await sleep(500);
    expect(await world.redactedText(document)).toBe('attempt 2');
    expect(await world.processedEvents(document)).toHaveLength(1);
    expect(await world.audited(document)).toHaveLength(1);
    expect(await world.count("files WHERE document_id = $1 AND kind = 'redacted'", [document])).toBe(1);
  });

  describe('in a protected project', () => {
    it('need the password once, and leave no grant behind', async () => {
      const project = await world.newProject(PASSWORD);
      const documents = [
        await world.upload(project, 'a.txt', '1'),
        await world.upload(project, 'b.txt', '2'),
      ];
      await expect(world.accept(project)).rejects.toMatchObject({ code: 'PASSWORD_REQUIRED' });
      await expect(world.accept(project, secrets('wrong password'))).rejects.toMatchObject({
        code: 'INVALID_PASSWORD',
      });
      const passwords: unknown[] = [];
      world.redact = async (job, signal) => {
        passwords.push(job.policy.documentPassword);
        if (job.name === 'b.txt') throw new DocumentFailure('DOCUMENT_PASSWORD_WRONG');
        return eraseDigits(job, signal);
      };
      const count = async (_: Job, tx: { query(sql: string): Promise<{ n: number }[]> }) => {
        const [row] = await tx.query('SELECT count(*)::int AS n FROM grants');
        expect(row?.n).toBe(2);
      };
      const job = await world.accept(project, secrets(PASSWORD, 'of the file'), count);
      expect(await world.ended(job.id)).toMatchObject({ itemsCompleted: 1, itemsFailed: 1 });
      expect(passwords).toEqual(['of the file', 'of the file']);
      expect(await world.statusOf(documents[0] ?? '')).toEqual(['processed', 'completed']);
      expect(await world.count('grants')).toBe(0);
      await world.control('retry', job);
      await world.ended(job.id);
      expect((await world.rowsOf(job))[1]).toMatchObject({ status: 'failed', errorCode: 'GRANT_EXPIRED' });
    });

    it('give back their grants when they are cancelled before they begin', async () => {
      const project = await world.newProject(PASSWORD);
      const document = await world.upload(project, 'a.txt', '1');
      const later = (_: Job, tx: { query(sql: string, values: unknown[]): Promise<unknown> }) =>
        tx.query("UPDATE tasks SET run_after = now() + interval '1 hour' WHERE job_id = $1", [_.id]);
      const job = await world.accept(project, secrets(PASSWORD), later);
      expect(await world.count('grants')).toBe(1);
      expect(await world.statusOf(document)).toEqual(['uploaded', 'queued']);
      await world.control('cancel', job);
      expect(await world.count('grants')).toBe(0);
      expect(await world.statusOf(document)).toEqual(['uploaded', 'none']);
      expect((await world.rowsOf(job))[0]).toMatchObject({ status: 'cancelled', startedAt: null });
    });

    it('open an unprotected project by themselves when a grant for its documents is gone', async () => {
      const project = await world.newProject();
      const document = await world.upload(project, 'a.txt', '1');
      const spoil = (_: Job, tx: { query(sql: string): Promise<unknown> }) => tx.query('DELETE FROM grants');
      const both = { secrets: { keyId: 'eph_1', password: undefined, documentPassword: 'x' } };
      const job = await world.accept(project, both, spoil);
      expect((await world.ended(job.id)).status).toBe('completed');
      expect(await world.redactedText(document)).toBe('[x]');
    });
  });

  describe('of what is deleted meanwhile', () => {
    async function whileBusy(project: string, meanwhile: () => Promise<unknown>): Promise<Job> {
      const gate = new Gate();
      world.redact = async (job, signal) => {
        await gate.wait();
        return eraseDigits(job, signal);
      };
      const job = await world.accept(project);
      await world.until('it is busy', async () => gate.begun > 0);
      await meanwhile();
      gate.release();
      return world.ended(job.id);
    }

    it('end without the document', async () => {
      const project = await world.newProject();
      const document = await world.upload(project, 'a.txt', '1');
      const job = await whileBusy(project, async () => {
        await world.get(DocumentOperations).deleteDocument(world.caller, document);
      });
      expect(job).toMatchObject({ status: 'failed', errorCode: 'DOCUMENT_GONE' });
      expect(await world.rowsOf(job)).toEqual([]);
      expect(await world.count('files WHERE document_id = $1', [document])).toBe(0);
      expect(await world.processedEvents(document)).toEqual([]);
    });

    it('end with the project, the tasks that had not begun as well', async () => {
      const project = await world.newProject(PASSWORD);
      for (const name of 'abcdefgh') await world.upload(project, `${name}.txt`, '1');
      const gate = new Gate();
      world.redact = async (job, signal) => {
        await gate.wait();
        return eraseDigits(job, signal);
      };
      const job = await world.accept(project, secrets(PASSWORD));
      await world.until('some are busy', async () => gate.begun >= 2);
      await world.get(ProjectOperations).deleteProject(world.caller, project, undefined);
      gate.release();
      await world.ended(job.id);
      const codes = (await world.tasks(job.id)).map(({ status, errorCode }) => errorCode ?? status);
      expect(codes.every((code) => ['cancelled', 'DOCUMENT_GONE'].includes(code))).toBe(true);
      expect(codes).toContain('cancelled');
      for (const table of ['redactions', 'documents', 'files'])
        expect([table, await world.count(`${table} WHERE project_id = $1`, [project])]).toEqual([table, 0]);
    });

    it('can be deleted at any moment, and nobody waits for anybody for ever', async () => {
      for (let trial = 0; trial < 5; trial++) {
        const project = await world.newProject();
        for (let number = 0; number < 8; number++) await world.upload(project, `${number}.txt`, '1');
        const job = await world.accept(project);
        await world.until('some is done', async () => (await world.job(job.id)).itemsCompleted >= trial);
        await world.get(ProjectOperations).deleteProject(world.caller, project, undefined);
        const { status, errorCode } = await world.ended(job.id);
        expect(['completed', 'cancelled', 'failed']).toContain(status);
        expect([null, 'DOCUMENT_GONE']).toContain(errorCode);
        expect(await world.count('redactions WHERE project_id = $1', [project])).toBe(0);
      }
    });
  });

  describe('asked for with an upload', () => {
    const runsOf = (documentId: string) =>
      world.query<{ id: string; created_by: string }>(
        'SELECT r.job_id AS id, r.created_by FROM redactions r JOIN redaction_documents d ON d.redaction_id = r.id WHERE d.document_id = $1',
        [documentId],
      );

    it('are made once, without the password, in the name of the uploader', async () => {
      const project = await world.newProject(PASSWORD);
      const document = await world.upload(project, 'a.txt', '1', { redact: 'true' });
      await world.until('it is redacted', async () => (await world.statusOf(document))[1] === 'completed');
      const runs = await runsOf(document);
      expect(runs).toHaveLength(1);
      expect(runs[0]?.created_by).toBe(world.caller.principal.userId);
      expect((await world.job(runs[0]?.id ?? '')).status).toBe('completed');
      expect(await world.count('event_deliveries')).toBe(0);
    });

    it('fail, and give the grant back, when the project is archived before', async () => {
      const project = await world.newProject();
      const operations = world.get(ProjectOperations);
      const insert = jest.spyOn(world.get(RedactedFiles), 'listRedactable');
      // The consumer looks for the document first; by then the project has been archived.
      insert.mockImplementationOnce(async (...args) => {
        await world.query("UPDATE projects SET status = 'archived' WHERE id = $1", [project]);
        insert.mockRestore();
        return world.get(RedactedFiles).listRedactable(...args);
      });
      const document = await world.upload(project, 'a.txt', '1', { redact: 'true' });
      await world.until('it has failed', async () => (await world.statusOf(document))[1] === 'failed');
      expect(await runsOf(document)).toEqual([]);
      expect((await world.processedEvents(document)).map(({ data }) => data.redaction_id)).toEqual([null]);
      await operations.moveProject(world.caller, project, 'active', undefined);
    });
  });

  it('refuse what cannot be, and name it', async () => {
    const project = await world.newProject();
    const refusal = (request: Parameters<RedactionWorld['accept']>[1]) =>
      world.accept(project, request).then(
        () => undefined,
        ({ code, details }) => [code, details?.field],
      );
    expect(await refusal({})).toEqual(['NOTHING_TO_REDACT', 'document_ids']);
    const document = await world.upload(project, 'a.txt', '1');
    const foreign = await world.upload(await world.newProject(), 'a.txt', '1');
    for (const other of [foreign, 'doc_00000000000000000000000000', 'nonsense'])
      expect(await refusal({ documentIds: [document, other] })).toEqual(['NOT_FOUND', 'document_ids[1]']);
    expect(await refusal({ documentIds: [document, document] })).toEqual([
      'VALIDATION_ERROR',
      'document_ids[1]',
    ]);
    const missing = 'res_00000000000000000000000000';
    expect(await refusal({ processor_id: missing })).toEqual(['NOT_FOUND', 'processor_id']);
    await world.query("UPDATE projects SET status = 'archived' WHERE id = $1", [project]);
    expect(await refusal({})).toEqual(['PROJECT_ARCHIVED', 'project_id']);
  });
});
