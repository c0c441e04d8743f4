import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Collected } from '../../files/index.js';
import type { Condition } from '../../platform/database/list-rows.js';
import { platformError } from '../../platform/errors/app-error.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { Caller } from '../../platform/http/request-context.js';
import { ProjectsService } from '../../projects/index.js';
import type { KnowledgeBase, KnowledgeBaseFilter } from './knowledge-base.js';
import { KnowledgeBaseTexts } from './knowledge-base-texts.service.js';
import { type KnowledgeBaseRow, KnowledgeBasesRepository } from './knowledge-bases.repository.js';

/** Reading knowledge bases. Lists have those of every project that the credential reaches. */
@Injectable()
export class KnowledgeBasesService {
  constructor(
    private readonly repository: KnowledgeBasesRepository,
    private readonly texts: KnowledgeBaseTexts,
    private readonly documents: Collected.CollectedDocuments,
    private readonly projects: ProjectsService,
    private readonly dataSource: DataSource,
  ) {}

  /** @throws AppError NOT_FOUND */
  async getKnowledgeBase(caller: Caller, id: string): Promise<KnowledgeBase> {
    return this.texts.open(await this.getRow(caller, id), this.dataSource.manager);
  }

  /** The same without its texts. @throws AppError NOT_FOUND */
  async getRow({ principal }: Caller, id: string): Promise<KnowledgeBaseRow> {
    const row = await this.repository.find(principal.organizationId, id, this.dataSource.manager);
    if (!row || !sees(principal, row)) throw platformError('NOT_FOUND');
    return row;
  }

  async listKnowledgeBases(
    caller: Caller,
    { name, ...filter }: KnowledgeBaseFilter,
    listing: Listing,
  ): Promise<Listed<KnowledgeBase>> {
    const db = this.dataSource.manager;
    const within = await this.within(caller);
    const { organizationId } = caller.principal;
    const nameLookup = name === undefined ? undefined : await this.documents.lookupOf(organizationId, name);
    const { rows, ...rest } = await this.repository.list(within, { ...filter, nameLookup }, listing, db);
    return { ...rest, rows: await Promise.all(rows.map((row) => this.texts.open(row, db))) };
  }

  private async within(caller: Caller): Promise<Condition> {
    const { organizationId, onlyProjectId } = caller.principal;
    if (onlyProjectId !== undefined)
      return ['(organization_id = ? AND project_id = ?)', organizationId, onlyProjectId];
    const { organizationIds, projectIds } = await this.projects.reachOf(caller);
    const [only, ...others] = organizationIds;
    if (only !== undefined && others.length === 0 && projectIds.length === 0)
      return ['organization_id = ?', only];
    return ['(organization_id = ANY(?::text[]) OR project_id = ANY(?::text[]))', organizationIds, projectIds];
  }
}

/** Somebody whom one project is shared with is there for that one alone. */
const sees = ({ onlyProjectId }: Caller['principal'], { projectId }: KnowledgeBaseRow): boolean =>
  onlyProjectId === undefined || onlyProjectId === projectId;
