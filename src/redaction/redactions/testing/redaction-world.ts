import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EphemeralKeys, KeySetUp } from '../../../crypto/index.js';
import { DocumentOperations, RedactedFiles } from '../../../files/index.js';
import { loadSettings } from '../../../platform/config/settings.js';
import { TestDatabase } from '../../../platform/database/testing/test-database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { newId } from '../../../platform/http/ids.js';
import type { IncomingForm } from '../../../platform/http/multipart.js';
import type { FormShape, ReadForm } from '../../../platform/http/multipart-form.js';
import type { Caller } from '../../../platform/http/request-context.js';
import { testCaller } from '../../../platform/http/testing/test-caller.js';
import { Leadership } from '../../../platform/leader/leadership.js';
import { migrateQueue } from '../../../platform/queue/bell-backend.js';
import type { Job } from '../../../platform/queue/job.js';
import { JobControl } from '../../../platform/queue/job-control.js';
import { QueueWorker } from '../../../platform/queue/queue-worker.js';
import { JobWatch } from '../../../platform/queue/testing/job-watch.js';
import { createLogger } from '../../../platform/telemetry/logger.js';
import { ProjectPasswordOperations } from '../../../projects/index.js';
import { WorkerModule } from '../../../worker.module.js';
import type { DocumentJob, RedactedFile } from '../../documents/process/document-job.js';
import { DocumentProcesses } from '../../documents/process/document-processes.service.js';
import type { RedactionReport } from '../../documents/redaction-report.js';
import { DocumentReportsService } from '../document-reports.service.js';
import type { DocumentProgress } from '../redaction.js';
import { RedactionDocumentsRepository } from '../redaction-documents.repository.js';
import { RedactionIntake } from '../redaction-intake.service.js';
import type { RedactionRequest } from '../redaction-preparation.service.js';

/** What stands in the place of the processes that redact documents. */
export type FakeRedact = (job: DocumentJob, signal: AbortSignal) => Promise<RedactedFile>;

export const reportOf = (count: number): RedactionReport => ({
  ...{ format: 'txt', pages: null, redactions: count, regions: 0, native_pages: 0, raster_pages: 0 },
  entities: [
    { type: 'EMAIL', count, pages: [] },
    { type: 'House_number', count: 1, pages: [] },
  ],
  removed: [],
  characters_lost: 0,
  verification: { passed: true, checks: [{ name: 'raw_bytes', passed: true }] },
  residual_risks: ['SIGNATURES_LOST'],
});

/** A PNG of one pixel. */
export const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Writes `[x]` over every digit. */
export const eraseDigits: FakeRedact = async ({ name, bytes }) => {
  const text = Buffer.from(bytes).toString();
  const redacted = text.replaceAll(/\d/g, '[x]');
  return {
    name: `redacted ${name}`,
    bytes: Buffer.from(redacted),
    report: reportOf(text.match(/\d/g)?.length ?? 0),
  };
};

/** A tenant on a real database, with a worker in this process whose documents are redacted by the tests' own means. */
export class RedactionWorld extends JobWatch {
  redact: FakeRedact = eraseDigits;

  private constructor(
    readonly database: TestDatabase,
    private readonly folder: string,
    readonly app: INestApplicationContext,
    readonly caller: Caller,
  ) {
    super(database.dataSource);
  }

  static async start(): Promise<RedactionWorld> {
    const database = await TestDatabase.start([]);
    await migrateQueue(database.url);
    const folder = mkdtempSync(join(tmpdir(), 'redoubt-redactions-'));
    const settings = loadSettings({
      DATABASE_URL: database.url,
      DATABASE_POOL: '8',
      REDOUBT_DATA_DIR: folder,
      REDOUBT_MASTER_KEY: '07'.repeat(32),
      REDOUBT_EPHEMERAL_POOL: '1',
    });
    const root = WorkerModule.forRoot(settings, createLogger('silent'));
    const app = await NestFactory.createApplicationContext(root, { logger: false, abortOnError: false });
    const world = new RedactionWorld(database, folder, app, testCaller(newId('org'), newId('user')));
    await world.addTenant();
    world.replaceSlowParts();
    await world.get(QueueWorker).start();
    world.get(Leadership).start();
    return world;
  }

  get<T>(type: abstract new (...args: never[]) => T): T {
    return this.app.get(type, { strict: false });
  }

  write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.get(UnitOfWork).run(work);
  }

  async count(sql: string, values: unknown[] = []): Promise<number> {
    return Number((await this.query<{ n: string }>(`SELECT count(*) AS n FROM ${sql}`, values))[0]?.n);
  }

  async newProject(password?: string): Promise<string> {
    const body = { name: 'Test', ...(password !== undefined && { password }) };
    return (await this.get(ProjectPasswordOperations).createProject(this.caller, body)).id;
  }

  /** @returns the document's id */
  async upload(
    projectId: string,
    name: string,
    content: string | Buffer,
    fields: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const form = formOf(name, Buffer.from(content), { project_id: projectId, ...fields });
    return (await this.get(DocumentOperations).upload(this.caller, form)).document_id;
  }

  /** @param meddle done in the transaction that stores the redaction */
  async accept(
    projectId: string,
    request: Partial<RedactionRequest> = {},
    meddle: (job: Job, tx: Tx) => Promise<unknown> = async () => {},
  ): Promise<Job> {
    const whole = { documentIds: undefined, secrets: undefined, ...request, projectId };
    const store = await this.get(RedactionIntake).receive(this.caller, whole);
    return this.write(async (tx) => {
      const job = await store(tx);
      await meddle(job, tx);
      return job;
    });
  }

  /** What stands in a redacted file; undefined when the document has none. */
  async redactedText(documentId: string): Promise<string | undefined> {
    const place = { organizationId: this.caller.principal.organizationId, documentId };
    const [row] = await this.query('SELECT redacted_file_id FROM documents WHERE id = $1', [documentId]);
    if (!row?.redacted_file_id) return undefined;
    const { manager } = this.database.dataSource;
    const { bytes } = await this.get(RedactedFiles).openRedacted(place, undefined, manager);
    return (await buffer(bytes)).toString();
  }

  async statusOf(documentId: string): Promise<unknown[]> {
    const rows = await this.query('SELECT status, redaction_status FROM documents WHERE id = $1', [
      documentId,
    ]);
    return [rows[0]?.status, rows[0]?.redaction_status];
  }

  async rowsOf({ reference, organizationId }: Job): Promise<readonly DocumentProgress[]> {
    const redaction = { organizationId, redactionId: reference.redaction_id ?? '' };
    const page = { number: 1, size: 100, offset: 0 };
    const listing = { page, sort: 'position', order: 'asc', after: undefined } as const;
    const documents = this.get(RedactionDocumentsRepository);
    return (await documents.list(redaction, undefined, listing, this.database.dataSource.manager)).rows;
  }

  processedEvents = (documentId: string) =>
    this.query<{ data: Record<string, unknown> }>(
      "SELECT data FROM events WHERE name = 'document.processed' AND data->>'document_id' = $1 ORDER BY id",
      [documentId],
    );

  audited = (documentId: string) =>
    this.query<{ counts: object }>(
      "SELECT counts FROM audit_logs WHERE action = 'document.redacted' AND target_id = $1",
      [documentId],
    );

  outcomeOf = (documentId: string) => this.get(DocumentReportsService).getOutcome(this.caller, documentId);

  control = (what: 'cancel' | 'retry', { id: jobId, organizationId }: Job): Promise<number> =>
    this.write((tx) => this.get(JobControl)[what]({ organizationId, jobId }, tx));

  async stop(): Promise<void> {
    await this.app.close();
    await this.database.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async addTenant(): Promise<void> {
    const { organizationId, userId } = this.caller.principal;
    const keys = this.get(KeySetUp);
    await this.write(async (tx) => {
      await tx.query('INSERT INTO organizations (id, name) VALUES ($1, $2)', [organizationId, 'Test']);
      await keys.run(tx);
      await keys.createOrganizationKeys(organizationId, tx);
      await tx.query("INSERT INTO users (id, organization_id, system_role) VALUES ($1, $2, 'user')", [
        userId,
        organizationId,
      ]);
    });
  }

  /** Ephemeral keys let through what they are given. */
  private replaceSlowParts(): void {
    this.get(DocumentProcesses).redact = async ({ read, secrets, ...order }, { signal }) =>
      this.redact({ ...order, bytes: await read(), secrets: await secrets?.() }, signal);
    this.get(EphemeralKeys).decrypt = async (_, ciphertexts) => [...ciphertexts];
  }
}

const formOf = (name: string, bytes: Buffer, fields: Readonly<Record<string, string>>): IncomingForm =>
  ({
    declaredBytes: undefined,
    async read<T>(_: FormShape, take: (file: object) => Promise<T>): Promise<ReadForm<T>> {
      const sent = new Map(Object.entries(fields));
      const source = Readable.from([bytes], { objectMode: false });
      const taken = await take({ name, bytes: source, fields: sent });
      return { fields: sent, fileName: name, taken };
    },
  }) as unknown as IncomingForm;
