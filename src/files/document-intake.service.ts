import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { Caller } from '../platform/http/request-context.js';
import { ProjectsRepository } from '../projects/index.js';
import { DocumentAdditions } from './document-additions.service.js';
import { DocumentCollectionsRegistry } from './document-collections.js';
import type { PreparedUpload } from './upload-preparation.service.js';

/** A knowledge base has the content of an upload already: nothing is written, and the upload's answer is that document. */
export class SameContent extends Error {
  constructor(readonly documentId: string) {
    super('the knowledge base has a document of this content');
    this.name = new.target.name;
  }
}

/** Writes uploads where they are to go: to a project, or into one of its knowledge bases. */
@Injectable()
export class DocumentIntake {
  constructor(
    private readonly additions: DocumentAdditions,
    private readonly projects: ProjectsRepository,
    private readonly collections: DocumentCollectionsRegistry,
  ) {}

  /** @throws SameContent; AppError as {@link DocumentAdditions.addDocument} */
  async write(caller: Caller, upload: PreparedUpload, tx: Tx): Promise<void> {
    const { knowledgeBaseId, organizationId, projectId, id: documentId } = upload.document;
    if (knowledgeBaseId === null) {
      await this.additions.addDocument(caller, upload, tx);
      return;
    }
    const collections = this.collections.get();
    const { digestLookup: contentLookup } = upload.file;
    // Uploads to one project take turns from here on, so that of two with the same content the second finds the first.
    await this.projects.lockForUpload(organizationId, projectId, tx);
    const same = await collections.findSame(organizationId, knowledgeBaseId, contentLookup, tx);
    if (same !== undefined) throw new SameContent(same);
    const { grantId } = await this.additions.addDocument(caller, upload, tx);
    if (grantId === undefined) throw new Error('a document of a knowledge base was written without a grant');
    const place = { organizationId, projectId, documentId, knowledgeBaseId };
    await collections.added(caller, { ...place, contentLookup, grantId }, tx);
  }
}
