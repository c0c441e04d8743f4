import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { DiscoveryService } from '@nestjs/core';
import pino from 'pino';
import type { Grants } from '../../crypto/index.js';
import { testGrants } from '../../crypto/testing/test-grants.js';
import { testProjectKeys } from '../../crypto/testing/test-project-keys.js';
import type { TestTenant } from '../../crypto/testing/test-tenant.js';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { platformError } from '../../platform/errors/app-error.js';
import { newId } from '../../platform/http/ids.js';
import type { IncomingForm } from '../../platform/http/multipart.js';
import type { FormShape, ReadForm } from '../../platform/http/multipart-form.js';
import type { Principal } from '../../platform/http/principal.js';
import type { Caller } from '../../platform/http/request-context.js';
import { Tenancy } from '../../platform/http/tenancy.service.js';
import { testEventOutbox } from '../../platform/outbox/testing/test-event-outbox.js';
import type { ObjectStore } from '../../platform/storage/object-store.js';
import type { StorageWorld } from '../../platform/storage/testing/storage-world.js';
import { ProjectsRepository } from '../../projects/index.js';
import { DocumentAdditions } from '../document-additions.service.js';
import { DocumentCollectionsRegistry } from '../document-collections.js';
import { DocumentLookupsRepository } from '../document-lookups.repository.js';
import { DocumentLookups } from '../document-lookups.service.js';
import { DocumentNames } from '../document-names.service.js';
import { DocumentNews } from '../document-news.service.js';
import { DocumentRemoval } from '../document-removal.service.js';
import { DocumentsRepository } from '../documents.repository.js';
import { DocumentsService } from '../documents.service.js';
import { DownloadsService } from '../downloads.service.js';
import { FileBytes } from '../file-bytes.service.js';
import { FileIntake } from '../file-intake.service.js';
import { FileRecords } from '../file-records.service.js';
import { FileRows } from '../file-rows.service.js';
import { FilesRepository } from '../files.repository.js';
import { FileReading } from '../redacted/file-reading.service.js';
import { RedactedAttachment } from '../redacted/redacted-attachment.service.js';
import { RedactedFiles } from '../redacted/redacted-files.service.js';
import { RedactedPreparation } from '../redacted/redacted-preparation.service.js';
import { RetentionRepository } from '../retention.repository.js';
import { RetentionService } from '../retention.service.js';
import { RetentionSweeper } from '../retention.sweeper.js';
import { StorageUsageRepository } from '../storage/storage-usage.repository.js';
import { StorageUsage } from '../storage/storage-usage.service.js';
import { UploadFields } from '../upload-fields.service.js';
import { UploadPlace } from '../upload-place.service.js';
import { type PreparedUpload, UploadPreparation } from '../upload-preparation.service.js';
import { UploadRedactions, UploadRedactionsRegistry } from '../upload-redactions.js';
import { UploadsService } from '../uploads.service.js';

/** Largest file of these tests, in bytes. */
export const UPLOAD_LIMIT = 300_000;

/** A file as a client sends it. */
export interface SentFile {
  readonly name: string;
  readonly projectId: string;
  readonly bytes: Readable | Buffer;
  /** Of the form, beside the project. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Whether they come before the file. */
  readonly isEarly?: boolean;
}

/** The one policy that is not there. */
export const REFUSED_PROCESSOR = 'res_gone';

/** Nobody has knowledge bases here. */
const noCollections = new DocumentCollectionsRegistry({
  getProviders: () => [],
} as unknown as DiscoveryService);

class AnyOtherPolicy extends UploadRedactions {
  override async check(_: Caller, processorId: string): Promise<void> {
    if (processorId === REFUSED_PROCESSOR) throw platformError('NOT_FOUND');
  }
}

/** A form whose file is a stream of the test's. */
const formOf = ({ name, projectId, bytes, fields, isEarly = false }: SentFile): IncomingForm =>
  ({
    declaredBytes: undefined,
    async read<T>(_: FormShape, take: (file: object) => Promise<T>): Promise<ReadForm<T>> {
      const source = Buffer.isBuffer(bytes) ? Readable.from([bytes], { objectMode: false }) : bytes;
      const sent = new Map(Object.entries({ project_id: projectId, ...fields }));
      const taken = await take({ name, bytes: source, fields: isEarly ? sent : new Map() });
      return { fields: sent, fileName: name, taken };
    },
  }) as unknown as IncomingForm;

/** Everything of documents for one tenant, on a real database, with objects in a folder. */
export class DocumentWorld {
  readonly documents = new DocumentsRepository();
  readonly files = new FilesRepository();
  readonly projects = new ProjectsRepository();
  readonly names: DocumentNames;
  readonly lookups: DocumentLookups;
  readonly usage: StorageUsage;
  readonly removal: DocumentRemoval;
  readonly grants: Grants;
  readonly retention: RetentionService;
  /** What the caller may do. */
  readonly scopes: Principal['scopes'][number][] = ['*'];
  readonly caller: Caller;

  private constructor(
    readonly storage: StorageWorld,
    readonly tenant: TestTenant,
    quota: number | undefined,
  ) {
    const { organizationId, userId, sealer } = tenant;
    this.caller = {
      principal: {
        organizationId,
        userId,
        role: 'editor',
        memberships: [{ organizationId, role: 'editor' }],
        systemRole: 'user',
        mode: 'live',
        scopes: this.scopes,
        credential: { kind: 'api_key', id: 'key_test' },
      },
      requestId: 'req_test',
      signal: () => new AbortController().signal,
    } as unknown as Caller;
    this.names = new DocumentNames(sealer);
    this.lookups = this.newLookups();
    this.usage = new StorageUsage(new StorageUsageRepository(), { REDOUBT_STORAGE_QUOTA: quota });
    this.grants = testGrants(tenant.instanceSealer);
    const loose = storage.looseObjects();
    this.removal = new DocumentRemoval(
      this.projects,
      this.documents,
      this.files,
      loose,
      this.usage,
      this.news(),
    );
    this.retention = new RetentionService(
      this.projects,
      new RetentionRepository(),
      this.removal,
      this.dataSource,
    );
  }

  static of(storage: StorageWorld, tenant: TestTenant, quota?: number): DocumentWorld {
    return new DocumentWorld(storage, tenant, quota);
  }

  get dataSource() {
    return this.storage.database.dataSource;
  }

  /** The look-ups as another process has them. */
  newLookups(): DocumentLookups {
    const { sealer } = this.tenant;
    return new DocumentLookups(
      new DocumentLookupsRepository(),
      sealer,
      this.storage.unitOfWork,
      this.dataSource,
    );
  }

  /** A project with its key pair. */
  async project(
    settings: { password?: string; retentionDays?: number; legalHold?: boolean } = {},
  ): Promise<string> {
    const { organizationId, userId, sealer } = this.tenant;
    const projectId = newId('proj');
    const keys = testProjectKeys(sealer);
    const key = await keys.prepare({ organizationId, projectId }, settings.password);
    await this.storage.unitOfWork.run(async (tx) => {
      await tx.query(
        `INSERT INTO projects (id, organization_id, name, created_by, protected, retention_days, legal_hold)
         VALUES ($1, $2, 'Test', $3, $4, $5, $6)`,
        [
          ...[projectId, organizationId, userId, settings.password !== undefined],
          ...[settings.retentionDays ?? null, settings.legalHold ?? false],
        ],
      );
      await keys.insert(key, tx);
    });
    return projectId;
  }

  /** @param breakWrite fails the transaction after everything of it was written */
  async upload(
    file: SentFile,
    store: ObjectStore = this.storage.store,
    breakWrite = false,
  ): Promise<PreparedUpload> {
    const loose = this.storage.looseObjects(undefined, store);
    const discovery = { getProviders: () => [{ instance: new AnyOtherPolicy() }] };
    const redactions = new UploadRedactionsRegistry(discovery as unknown as DiscoveryService);
    const additions = new DocumentAdditions(
      this.projects,
      this.documents,
      new FileRecords(this.files, loose),
      this.usage,
      this.grants,
      this.news(),
    );
    const uploads = new UploadsService(
      new FileIntake(store, loose),
      new UploadPreparation(this.names, this.lookups, this.rows(), noCollections, this.dataSource),
      new UploadFields(this.projects, redactions, this.place(), noCollections, this.dataSource),
      this.usage,
      this.dataSource,
      { REDOUBT_UPLOAD_LIMIT: UPLOAD_LIMIT },
    );
    return uploads.receive(this.caller, formOf(file), new Map(), async (upload) => {
      await this.storage.unitOfWork.run(async (tx) => {
        await additions.addDocument(this.caller, upload, tx);
        if (breakWrite) throw new Error('the database broke');
      });
      return { answer: upload, isNew: true };
    });
  }

  /** Where there is but one organization. */
  private place(): UploadPlace {
    const discovery = { getProviders: () => [] } as unknown as DiscoveryService;
    return new UploadPlace(new Tenancy(discovery, this.dataSource));
  }

  downloads(store = this.storage.store): DownloadsService {
    const { sealer } = this.tenant;
    return new DownloadsService(
      this.reading(),
      testProjectKeys(sealer),
      this.bytes(store),
      new AuditWriter(this.dataSource, sealer),
      this.dataSource,
    );
  }

  async download(id: string, password?: string): Promise<Buffer> {
    const { bytes } = await this.downloads().openFile(this.caller, id, async () => password);
    return buffer(bytes);
  }

  sweeper(): RetentionSweeper {
    return new RetentionSweeper(this.projects, this.retention, this.storage.unitOfWork, this.dataSource);
  }

  reading(): DocumentsService {
    return new DocumentsService(
      this.documents,
      this.files,
      this.names,
      this.lookups,
      this.projects,
      this.dataSource,
    );
  }

  /** What background work does with documents. */
  redacted(store = this.storage.store): RedactedFiles {
    const loose = this.storage.looseObjects(undefined, store);
    const records = new FileRecords(this.files, loose);
    const keys = testProjectKeys(this.tenant.sealer);
    return new RedactedFiles(
      new FileReading(this.documents, this.files, this.names, keys, this.bytes(store), this.dataSource),
      new RedactedPreparation(new FileIntake(store, loose), this.rows(), this.names, this.dataSource),
      new RedactedAttachment(this.projects, this.documents, records, loose, this.usage),
    );
  }

  /** How much a project says it has. */
  async countsOf(projectId: string): Promise<{ documents: number; bytes: number }> {
    const [row] = await this.dataSource.query(
      'SELECT document_count AS documents, size_bytes::int AS bytes FROM projects WHERE id = $1',
      [projectId],
    );
    return row;
  }

  async used(): Promise<number> {
    return (await this.usage.usage(this.tenant.organizationId, this.dataSource.manager)).usedBytes;
  }

  private rows(): FileRows {
    const { sealer } = this.tenant;
    return new FileRows(testProjectKeys(sealer), this.lookups, sealer, this.dataSource);
  }

  private bytes(store: ObjectStore): FileBytes {
    return new FileBytes(store, pino({ level: 'silent' }));
  }

  private news(): DocumentNews {
    return new DocumentNews(
      new AuditWriter(this.dataSource, this.tenant.sealer),
      testEventOutbox(),
      noCollections,
    );
  }
}
