import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Tx } from '../platform/database/unit-of-work.js';
import { platformError } from '../platform/errors/app-error.js';
import type { Caller } from '../platform/http/request-context.js';
import { findProviders } from '../platform/providers/find-providers.js';
import type { ProjectOwner } from '../projects/index.js';
import type { FileFormat } from './formats/file-format.js';

/** A document that was put into a knowledge base, before anything was made of it. */
export interface CollectedDocument extends ProjectOwner {
  readonly documentId: string;
  readonly knowledgeBaseId: string;
  /** What its content is found by. */
  readonly contentLookup: Buffer;
  /** Opens the file's key for whoever reads it in the background. */
  readonly grantId: string;
}

/** Where documents are put that are not a project's own: knowledge bases. The feature that has them makes this a provider. */
export abstract class DocumentCollections {
  /** The project of a knowledge base. @throws AppError NOT_FOUND */
  abstract projectOf(caller: Caller, knowledgeBaseId: string): Promise<string>;
  /** @throws AppError why files of this format are no use there */
  abstract checkFormat(format: FileFormat): void;
  /** The document that has this content there already. */
  abstract findSame(
    organizationId: string,
    knowledgeBaseId: string,
    contentLookup: Buffer,
    db: Tx,
  ): Promise<string | undefined>;
  /** In the transaction that writes the document. @throws AppError NOT_FOUND when the knowledge base is gone */
  abstract added(caller: Caller, document: CollectedDocument, tx: Tx): Promise<void>;
  /** In the transaction that deletes documents; their project is locked. */
  abstract removed(
    owner: ProjectOwner,
    document: { readonly documentId: string; readonly knowledgeBaseId: string },
    tx: Tx,
  ): Promise<void>;
}

/** Finds the feature above that has knowledge bases. */
@Injectable()
export class DocumentCollectionsRegistry {
  private known: DocumentCollections | undefined;

  constructor(private readonly discovery: DiscoveryService) {}

  /** @throws AppError NOT_FOUND where no feature has any */
  get(): DocumentCollections {
    this.known ??= findProviders(this.discovery, DocumentCollections)[0];
    if (!this.known) throw platformError('NOT_FOUND');
    return this.known;
  }
}
