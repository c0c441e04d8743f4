import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { encodeTime } from 'ulid';
import type { TestTenant } from '../../crypto/testing/test-tenant.js';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { loadSettings } from '../../platform/config/settings.js';
import type { OrganizationSettings } from '../../platform/configs/organization-settings.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { testCaller } from '../../platform/http/testing/test-caller.js';
import { LocalObjectStore } from '../../platform/storage/local.object-store.js';
import { LooseObjectsRepository } from '../../platform/storage/loose-objects.repository.js';
import { LooseObjects } from '../../platform/storage/loose-objects.service.js';
import { LooseObjectsSweeper } from '../../platform/storage/loose-objects.sweeper.js';
import { ObjectStore } from '../../platform/storage/object-store.js';
import { storageUnavailable } from '../../platform/storage/storage.errors.js';
import { LogExports } from '../exports/log-exports.service.js';
import { ExportFault } from '../log/export-fault.js';
import { type Evidence, verifyExport } from '../log/export-verifier.js';
import { LogLeavesRepository } from '../proofs/log-leaves.repository.js';
import { LogProofs } from '../proofs/log-proofs.service.js';
import { LogReader } from '../proofs/log-reader.service.js';
import { AuditRetention } from '../retention/audit-retention.work.js';
import { DueSegmentsRepository } from '../retention/due-segments.repository.js';
import { SegmentArchiver } from '../retention/segment-archiver.service.js';
import { ArchivedEntries } from '../segments/archived-entries.service.js';
import { SegmentArchive } from '../segments/segment-archive.service.js';
import { SegmentsRepository } from '../segments/segments.repository.js';
import { Segments } from '../segments/segments.service.js';
import { LogWorld } from './log-world.js';

/** A store to which something happens. */
export class FaultyStore extends ObjectStore {
  isDown = false;
  /** Runs once a put has answered. */
  afterPut: (key: string) => unknown = () => {};
  /** Reads so far. */
  reads = 0;

  constructor(private readonly store: ObjectStore) {
    super();
  }

  async put(key: string, source: Readable, signal: AbortSignal): Promise<{ size: number }> {
    this.assertUp();
    const put = await this.store.put(key, source, signal);
    await this.afterPut(key);
    return put;
  }

  async get(key: string): Promise<Readable> {
    this.assertUp();
    this.reads += 1;
    return this.store.get(key);
  }

  async delete(key: string): Promise<void> {
    this.assertUp();
    await this.store.delete(key);
  }

  check(): Promise<void> {
    return this.store.check();
  }

  /** Puts other bytes in the place of an object. */
  async exchange(key: string, bytes: Buffer): Promise<void> {
    await this.store.delete(key);
    await this.store.put(key, Readable.from([bytes], { objectMode: false }), new AbortController().signal);
  }

  private assertUp(): void {
    if (this.isDown) throw storageUnavailable(new Error('down'));
  }
}

const never = new AbortController().signal;

/** A log world with a store of objects: what takes entries out, and what reads them wherever they are. */
export class ArchiveWorld {
  readonly folder = mkdtempSync(join(tmpdir(), 'redoubt-archive-'));
  readonly leaves = new LogLeavesRepository();
  private readonly unitOfWork: UnitOfWork;
  private readonly processes: LooseObjects[] = [];
  store = new FaultyStore(new LocalObjectStore(this.folder));

  private constructor(readonly log: LogWorld) {
    this.unitOfWork = new UnitOfWork(log.database.dataSource);
  }

  static async start(): Promise<ArchiveWorld> {
    return new ArchiveWorld(await LogWorld.start());
  }

  /** A tenant with so many entries of 40 days ago, and so many of today. */
  async tenant(old: number, young: number): Promise<TestTenant> {
    const tenant = await this.log.tenants.add();
    await this.log.write(tenant, old);
    // An id tells when it was made.
    const time = encodeTime(Date.now() - 40 * 86_400_000).toLowerCase();
    await this.log.query(
      `UPDATE audit_logs SET created_at = created_at - interval '40 days', id = overlay(id PLACING $2 FROM 7)
        WHERE organization_id = $1`,
      [tenant.organizationId, time],
    );
    await this.log.write(tenant, young);
    return tenant;
  }

  keep({ organizationId }: TestTenant, settings: Partial<OrganizationSettings>): Promise<unknown> {
    const sql = 'UPDATE organizations SET settings = $2 WHERE id = $1';
    return this.log.query(sql, [organizationId, JSON.stringify(settings)]);
  }

  /** The work of one leader, without the hour. */
  retention(settings: NodeJS.ProcessEnv = {}): AuditRetention {
    const { dataSource } = this.log.database;
    const [unitOfWork, segments] = [this.unitOfWork, new DueSegmentsRepository()];
    const loose = new LooseObjects(new LooseObjectsRepository(), unitOfWork, this.store, this.log.logger);
    this.processes.push(loose);
    const archiver = new SegmentArchiver(segments, this.leaves, this.archive(), loose, unitOfWork);
    const audit = new AuditWriter(dataSource, this.log.tenants.sealer());
    const work = new AuditRetention(
      ...([segments, archiver, this.leaves, audit, unitOfWork, loadSettings(settings)] as const),
    );
    work.noticeSeconds = 0;
    return work;
  }

  async run(work = this.retention()): Promise<void> {
    await work.run(never);
    await this.log.sequence();
  }

  async sweep(): Promise<void> {
    const sweeper = new LooseObjectsSweeper(this.unitOfWork, new LooseObjectsRepository(), this.store);
    // The second looks at what a silent writer left once more.
    for (let round = 0; round < 2; round += 1) {
      await this.log.query("UPDATE loose_objects SET expires_at = now() - interval '1 second'");
      await sweeper.run(never);
    }
  }

  objects(): string[] {
    return readdirSync(this.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name);
  }

  reader(): LogReader {
    const { trees, nodes, signer, database } = this.log;
    return new LogReader(trees, nodes, signer, database.dataSource);
  }

  segments(): Segments {
    return new Segments(new SegmentsRepository(), this.log.database.dataSource);
  }

  proofs(): LogProofs {
    return new LogProofs(this.reader(), this.leaves, this.archived(), this.log.database.dataSource);
  }

  exports(tenant: TestTenant, leaves = this.leaves): LogExports {
    const { signer, database } = this.log;
    const audit = new AuditWriter(database.dataSource, tenant.sealer);
    return new LogExports(this.reader(), leaves, this.archived(), signer, audit, database.dataSource);
  }

  async exported(tenant: TestTenant, times = {}): Promise<string> {
    const choice = { log: 'organization' } as const;
    return textOf(await this.exports(tenant).export(callerOf(tenant), choice, times, 'jsonl'));
  }

  async exportedSegment(tenant: TestTenant, id: string): Promise<string> {
    const caller = callerOf(tenant);
    const segment = await this.segments().getArchived(caller.principal, id);
    return textOf(await this.exports(tenant).exportSegment(caller, segment));
  }

  async rowsOf({ organizationId }: TestTenant): Promise<number> {
    return (await this.log.query('SELECT FROM audit_logs WHERE organization_id = $1', [organizationId]))
      .length;
  }

  async stop(): Promise<void> {
    for (const process of this.processes) process.onApplicationShutdown();
    rmSync(this.folder, { recursive: true, force: true });
    await this.log.stop();
  }

  private archive(): SegmentArchive {
    const { dataSource } = this.log.database;
    return new SegmentArchive(this.store, this.log.instanceSealer, dataSource);
  }

  archived(): ArchivedEntries {
    const { dataSource } = this.log.database;
    return new ArchivedEntries(
      ...([new SegmentsRepository(), this.archive(), this.leaves, dataSource, this.log.logger] as const),
    );
  }
}

export const callerOf = ({ organizationId, userId }: TestTenant) =>
  testCaller(organizationId, userId, 'admin');

async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

/** What the verifier says of an export. */
export const verdictOf = (text: string, evidence: Evidence = {}): Promise<string> =>
  verifyExport(
    (async function* () {
      yield Buffer.from(text);
    })(),
    evidence,
  ).then(
    ({ head, taken }) => `${taken} of ${head.leaves} taken`,
    (error: unknown) => {
      if (error instanceof ExportFault) return `${error.kind}: ${error.message}`;
      throw error;
    },
  );
