import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { GrantedSecret } from '../../crypto/index.js';
import { REDACTABLE_FORMATS, type RedactableDocument, RedactedFiles } from '../../files/index.js';
import { auditOf } from '../../platform/audit/audit-entry.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { invalidField, platformError } from '../../platform/errors/app-error.js';
import { newId } from '../../platform/http/ids.js';
import type { Requester } from '../../platform/http/request-context.js';
import { ProjectsRepository, projectArchived } from '../../projects/index.js';
import {
  DocumentPolicies,
  type DocumentPolicyRequest,
  type SettledDocumentPolicy,
} from '../document-policies.service.js';
import type { RedactionRef } from './redaction.js';
import { RedactionSealer } from './redaction.sealer.js';
import { noSuchDocument, nothingToRedact, notRedactable } from './redaction-refusals.js';
import { type EncryptedSecrets, RedactionSecrets } from './redaction-secrets.service.js';

/** What a client asks for. */
export interface RedactionRequest extends DocumentPolicyRequest {
  readonly projectId: string;
  /** All of the project's when absent. */
  readonly documentIds: readonly string[] | undefined;
  readonly secrets: EncryptedSecrets | undefined;
}

/** A redaction that has been checked and sealed, and waits to be stored. */
export interface PreparedRedaction extends RedactionRef {
  readonly projectId: string;
  /** As they were named; undefined when all of them were meant. */
  readonly documentIds: readonly string[] | undefined;
  readonly documents: readonly RedactableDocument[];
  readonly settled: SettledDocumentPolicy;
  readonly orderSealed: Buffer;
  /** What workers are to be granted, by the file's id. */
  readonly secrets: ReadonlyMap<string, GrantedSecret>;
  /** Grants that are given already, by the file's id. */
  readonly grants: ReadonlyMap<string, string>;
}

type Redactable = Pick<RedactableDocument, 'id' | 'format'>;

const isRedactable = ({ format }: Redactable): boolean => REDACTABLE_FORMATS.includes(format);

/** Makes redactions ready to be stored: all that takes long, outside of any transaction. */
@Injectable()
export class RedactionPreparation {
  constructor(
    private readonly projects: ProjectsRepository,
    private readonly files: RedactedFiles,
    private readonly policies: DocumentPolicies,
    private readonly secrets: RedactionSecrets,
    private readonly sealer: RedactionSealer,
    private readonly dataSource: DataSource,
  ) {}

  /**
   * @throws AppError NOT_FOUND for the project or a document, PROJECT_ARCHIVED, NOTHING_TO_REDACT,
   *   FORMAT_NOT_REDACTABLE, what is wrong with the policy, ENCRYPTION_FAILED, PASSWORD_REQUIRED, INVALID_PASSWORD
   */
  async prepare(requester: Requester, request: RedactionRequest): Promise<PreparedRedaction> {
    const { organizationId } = requester.principal;
    const { projectId, documentIds } = request;
    const db = this.dataSource.manager;
    const project = await this.projects.find(organizationId, projectId, db);
    if (!project) throw platformError('NOT_FOUND');
    if (project.status !== 'active') throw projectArchived();
    const settled = await this.policies.settle(requester, request);
    const documents = await this.choose(organizationId, projectId, documentIds, db);
    const owner = { organizationId, projectId };
    const secrets = await this.secretsFor(owner, project.protected, documents, request.secrets);
    const grants = new Map<string, string>();
    const sealed = await this.seal(requester, settled, db);
    return { ...owner, ...sealed, documentIds, documents, settled, secrets, grants };
  }

  /**
   * The same for a document that was granted with its upload.
   * @throws AppError what is wrong with the policy
   */
  async prepareGranted(
    requester: Requester,
    document: RedactableDocument,
    { grantId, processorId }: { readonly grantId: string; readonly processorId: string | undefined },
    tx: Tx,
  ): Promise<PreparedRedaction> {
    const { organizationId, projectId } = document;
    const settled = await this.policies.settle(requester, { processor_id: processorId });
    const grants = new Map([[document.fileId, grantId]]);
    const one = { documentIds: [document.id], documents: [document], secrets: new Map(), grants };
    return { organizationId, projectId, ...(await this.seal(requester, settled, tx)), ...one, settled };
  }

  private async seal(requester: Requester, settled: SettledDocumentPolicy, db: Tx) {
    const { organizationId, actor, requestId, details } = auditOf(requester);
    const redaction = { organizationId, redactionId: newId('red') };
    const order = { settled, request: { actor, requestId, details } };
    return {
      redactionId: redaction.redactionId,
      orderSealed: await this.sealer.sealOrder(redaction, order, db),
    };
  }

  private async choose(
    organizationId: string,
    projectId: string,
    ids: readonly string[] | undefined,
    db: Tx,
  ): Promise<RedactableDocument[]> {
    if (ids) refuseDuplicates(ids);
    const documents = await this.files.listRedactable(organizationId, projectId, ids, db);
    if (!ids) {
      if (documents.length === 0) throw nothingToRedact();
      return documents;
    }
    refuseMissing(ids, documents);
    const others = documents.filter((document) => !isRedactable(document));
    if (others.length > 0) throw notRedactable(others.map(({ id }) => id));
    return documents;
  }

  /** Nothing is granted where workers open files by themselves. */
  private async secretsFor(
    owner: { readonly organizationId: string; readonly projectId: string },
    isProtected: boolean,
    documents: readonly RedactableDocument[],
    encrypted: EncryptedSecrets | undefined,
  ): Promise<ReadonlyMap<string, GrantedSecret>> {
    const { password, documentPassword } = await this.secrets.read(encrypted);
    if (!isProtected && documentPassword === undefined) return new Map();
    const fileIds = documents.filter(isRedactable).map(({ fileId }) => fileId);
    const keys = await this.files.fileKeysOf(owner, password, fileIds);
    const secretOf = (fileKey: Buffer): GrantedSecret =>
      documentPassword === undefined ? { fileKey } : { fileKey, documentPassword };
    return new Map([...keys].map(([fileId, fileKey]) => [fileId, secretOf(fileKey)]));
  }
}

function refuseDuplicates(ids: readonly string[]): void {
  const seen = new Set<string>();
  ids.forEach((id, index) => {
    const field = `document_ids[${index}]`;
    if (seen.has(id)) throw invalidField(field, 'unique', `'${field}' names a document twice.`);
    seen.add(id);
  });
}

/** @throws AppError NOT_FOUND naming the first of the ids whose document is not there */
export function refuseMissing(ids: readonly string[], documents: readonly { readonly id: string }[]): void {
  const found = new Set(documents.map(({ id }) => id));
  const missing = ids.findIndex((id) => !found.has(id));
  if (missing !== -1) throw noSuchDocument(missing);
}
