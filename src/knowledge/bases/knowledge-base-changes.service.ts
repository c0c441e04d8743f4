import { Injectable } from '@nestjs/common';
import { Collected } from '../../files/index.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { platformError } from '../../platform/errors/app-error.js';
import { assertMatch, type IfMatch } from '../../platform/http/etag.js';
import { newId } from '../../platform/http/ids.js';
import type { Caller } from '../../platform/http/request-context.js';
import { ProjectsRepository, projectArchived } from '../../projects/index.js';
import { EmbeddingCompletion } from '../embeddings/embedding-completion.service.js';
import { knowledgeError } from '../knowledge.errors.js';
import type { KnowledgeBase, KnowledgeBaseChange, KnowledgeBaseChoice } from './knowledge-base.js';
import { KnowledgeBaseNewsWriter } from './knowledge-base-news.service.js';
import { KnowledgeBaseTexts } from './knowledge-base-texts.service.js';
import { type KnowledgeBaseRow, KnowledgeBasesRepository } from './knowledge-bases.repository.js';

/** Changing knowledge bases: each change has its audit row, both or none. A project is locked before what is in it. */
@Injectable()
export class KnowledgeBaseChangesService {
  constructor(
    private readonly projects: ProjectsRepository,
    private readonly bases: KnowledgeBasesRepository,
    private readonly texts: KnowledgeBaseTexts,
    private readonly documents: Collected.CollectedDocuments,
    private readonly news: KnowledgeBaseNewsWriter,
    private readonly embeddings: EmbeddingCompletion,
  ) {}

  /** What a name is found by; asked for before the transaction. */
  lookupOf({ principal }: Caller, name: string): Promise<Buffer> {
    return this.documents.lookupOf(principal.organizationId, name);
  }

  /** @throws AppError NOT_FOUND, PROJECT_ARCHIVED, KNOWLEDGE_BASE_EXISTS */
  async createKnowledgeBase(
    caller: Caller,
    projectId: string,
    choice: KnowledgeBaseChoice,
    nameLookup: Buffer,
    tx: Tx,
  ): Promise<KnowledgeBase> {
    const { organizationId, userId } = caller.principal;
    const project = await this.projects.lockForUpload(organizationId, projectId, tx);
    if (!project) throw platformError('NOT_FOUND');
    if (project.status !== 'active') throw projectArchived();
    const now = new Date();
    const place = { organizationId, id: newId('kb'), version: 1 };
    const base: KnowledgeBase = {
      ...{ ...choice, ...place, projectId, createdBy: userId, createdAt: now, updatedAt: now },
      ...{ documentCount: 0, indexedCount: 0, chunkCount: 0, revision: 0 },
    };
    const textsSealed = await this.texts.seal(place, choice, tx);
    if (!(await this.bases.insert({ ...base, textsSealed, nameLookup }, tx))) throw nameTaken();
    await this.news.tell(caller, base, 'created', {}, tx);
    return base;
  }

  /**
   * Documents that are there stay as they were cut until they are indexed anew, but for vectors of a model that is no longer theirs.
   * @param nameLookup of the new name, where it gets one
   * @throws AppError NOT_FOUND, PRECONDITION_FAILED, KNOWLEDGE_BASE_EXISTS
   */
  async changeKnowledgeBase(
    caller: Caller,
    id: string,
    change: KnowledgeBaseChange,
    nameLookup: Buffer | undefined,
    ifMatch: IfMatch,
    tx: Tx,
  ): Promise<KnowledgeBase> {
    await this.withdrawVectors(caller, id, change, tx);
    const row = await this.lock(caller, id, ifMatch, tx);
    const before = await this.texts.open(row, tx);
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    const changed: KnowledgeBase = {
      ...before,
      ...given,
      version: before.version + 1,
      updatedAt: new Date(),
    };
    const lookup = nameLookup ?? (await this.bases.lookupOf(row.organizationId, id, tx));
    if (await this.bases.isNamed(row, lookup, id, tx)) throw nameTaken();
    const textsSealed = await this.texts.seal(changed, changed, tx);
    await this.bases.update({ ...changed, textsSealed, nameLookup: lookup }, tx);
    await this.news.tell(caller, changed, 'updated', { version: changed.version }, tx);
    return changed;
  }

  /** With all its documents, for good. @throws AppError NOT_FOUND, PRECONDITION_FAILED, LEGAL_HOLD */
  async deleteKnowledgeBase(caller: Caller, id: string, ifMatch: IfMatch, tx: Tx): Promise<void> {
    const found = await this.bases.find(caller.principal.organizationId, id, tx);
    if (!found) throw platformError('NOT_FOUND');
    await this.documents.removeAll(caller, found, id, tx);
    const row = await this.lock(caller, id, ifMatch, tx);
    await this.bases.delete(row.organizationId, id, tx);
    await this.news.tell(caller, row, 'deleted', { documents: found.documentCount }, tx);
  }

  private async withdrawVectors(
    { principal: { organizationId } }: Caller,
    id: string,
    { embeddingModel }: KnowledgeBaseChange,
    tx: Tx,
  ): Promise<void> {
    if (embeddingModel === undefined) return;
    const base = await this.bases.find(organizationId, id, tx);
    if (!base || base.embeddingModel === embeddingModel) return;
    await this.embeddings.withdraw({ organizationId, knowledgeBaseId: id }, tx);
  }

  private async lock({ principal }: Caller, id: string, ifMatch: IfMatch, tx: Tx): Promise<KnowledgeBaseRow> {
    const row = await this.bases.lock(principal.organizationId, id, tx);
    if (!row) throw platformError('NOT_FOUND');
    assertMatch(ifMatch, row.version);
    return row;
  }
}

const nameTaken = () =>
  knowledgeError('KNOWLEDGE_BASE_EXISTS', { details: { field: 'name', constraint: 'unique' } });
