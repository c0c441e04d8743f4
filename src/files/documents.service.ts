import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Tx } from '../platform/database/unit-of-work.js';
import { platformError } from '../platform/errors/app-error.js';
import type { Listed, Listing, Position } from '../platform/http/listing.js';
import type { Caller } from '../platform/http/request-context.js';
import { ProjectsRepository } from '../projects/index.js';
import type { DocumentFilter, StoredDocument, StoredFile } from './document.js';
import { DocumentLookups } from './document-lookups.service.js';
import { DocumentNames } from './document-names.service.js';
import { type DocumentRow, DocumentsRepository } from './documents.repository.js';
import { cleanFileName } from './file-name.js';
import { type FileRow, FilesRepository } from './files.repository.js';

/** Documents that are read at once where all of them are wanted. */
const STRIDE = 100;

/** A file with its name, which is its document's where it has none of its own, and its document's format. */
export type NamedFile = Omit<FileRow, 'nameSealed' | 'documentNameSealed'> & { readonly name: string };

/** Reading documents and what is known of their files, which belong to the whole organization. */
@Injectable()
export class DocumentsService {
  constructor(
    private readonly documents: DocumentsRepository,
    private readonly files: FilesRepository,
    private readonly names: DocumentNames,
    private readonly lookups: DocumentLookups,
    private readonly projects: ProjectsRepository,
    private readonly dataSource: DataSource,
  ) {}

  /** @throws AppError NOT_FOUND */
  async getDocument({ principal }: Caller, id: string): Promise<StoredDocument> {
    const row = await this.documents.find(principal.organizationId, id, this.dataSource.manager);
    if (!row) throw platformError('NOT_FOUND');
    return this.opened(row);
  }

  /** @throws AppError NOT_FOUND */
  async getFile({ principal }: Caller, id: StoredFile['id']): Promise<NamedFile> {
    const { organizationId } = principal;
    const db = this.dataSource.manager;
    const found = await this.files.find(organizationId, id, db);
    if (!found) throw platformError('NOT_FOUND');
    const { nameSealed, documentNameSealed, ...file } = found;
    const name = nameSealed
      ? await this.names.openOfFile(file, nameSealed, db)
      : await this.names.open({ organizationId, id: file.documentId }, documentNameSealed, db);
    return { ...file, name };
  }

  async listDocuments(
    { principal }: Caller,
    { name, ...filter }: DocumentFilter,
    listing: Listing,
  ): Promise<Listed<StoredDocument>> {
    const { organizationId } = principal;
    const nameLookup =
      name === undefined ? undefined : await this.lookups.ofName(organizationId, cleanFileName(name));
    const wanted = { ...filter, nameLookup };
    const listed = await this.documents.list(organizationId, wanted, listing, this.dataSource.manager);
    return { ...listed, rows: await Promise.all(listed.rows.map((row) => this.opened(row))) };
  }

  /** The same for one project. @throws AppError NOT_FOUND when there is no such project */
  async listDocumentsOf(
    caller: Caller,
    projectId: string,
    filter: DocumentFilter,
    listing: Listing,
  ): Promise<Listed<StoredDocument>> {
    await this.assertProject(caller, projectId);
    return this.listDocuments(caller, { ...filter, projectId }, listing);
  }

  /** @throws AppError NOT_FOUND */
  async assertProject({ principal }: Caller, projectId: string): Promise<void> {
    const db = this.dataSource.manager;
    if (!(await this.projects.exists(principal.organizationId, projectId, db)))
      throw platformError('NOT_FOUND');
  }

  /** All documents of a project, newest first, some at a time: those that come meanwhile are not among them. */
  async *walkDocuments({ principal }: Caller, projectId: string): AsyncGenerator<StoredDocument[]> {
    const { organizationId } = principal;
    const db = this.dataSource.manager;
    let after: Position | undefined;
    do {
      const { rows, last } = await this.documents.listAfter(organizationId, projectId, after, STRIDE, db);
      yield await Promise.all(rows.map((row) => this.opened(row)));
      after = last;
    } while (after);
  }

  /** The names of documents by their ids; those that are gone are left out. */
  async namesOf(
    organizationId: string,
    ids: readonly string[],
    db: Tx,
  ): Promise<ReadonlyMap<string, string>> {
    const rows = await this.documents.findMany(organizationId, ids, db);
    const named = rows.map(async (row) => [row.id, await this.names.open(row, row.nameSealed, db)] as const);
    return new Map(await Promise.all(named));
  }

  private async opened({ nameSealed, ...row }: DocumentRow): Promise<StoredDocument> {
    return { ...row, name: await this.names.open(row, nameSealed, this.dataSource.manager) };
  }
}
