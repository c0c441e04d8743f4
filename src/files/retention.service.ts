import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Tx } from '../platform/database/unit-of-work.js';
import { platformError } from '../platform/errors/app-error.js';
import type { Caller } from '../platform/http/request-context.js';
import { type ProjectOwner, ProjectsRepository } from '../projects/index.js';
import { DocumentRemoval } from './document-removal.service.js';
import { type DueDocuments, RetentionRepository } from './retention.repository.js';

/** What retention means for a project now. */
export interface RetentionOutlook {
  /** Null when documents stay until somebody deletes them. */
  readonly retentionDays: number | null;
  /** While it is on, nothing is deleted. */
  readonly legalHold: boolean;
  readonly due: DueDocuments;
}

const NOTHING: DueDocuments = { documents: 0, sizeBytes: 0, oldestCreatedAt: null, nextDueAt: null };

/** Deletes documents when their time is over, and says beforehand what it would delete. */
@Injectable()
export class RetentionService {
  constructor(
    private readonly projects: ProjectsRepository,
    private readonly repository: RetentionRepository,
    private readonly removal: DocumentRemoval,
    private readonly dataSource: DataSource,
  ) {}

  /** Deletes nothing. @throws AppError NOT_FOUND */
  async getOutlook({ principal }: Caller, projectId: string): Promise<RetentionOutlook> {
    const { organizationId } = principal;
    const db = this.dataSource.manager;
    const project = await this.projects.find(organizationId, projectId, db);
    if (!project) throw platformError('NOT_FOUND');
    const { retentionDays, legalHold } = project;
    const due =
      retentionDays === null
        ? NOTHING
        : await this.repository.due({ organizationId, projectId }, retentionDays, db);
    return { retentionDays, legalHold, due };
  }

  /**
   * Deletes some of a project's documents whose time is over. How long that is, and whether a legal hold forbids it, is
   * read under the project's lock: whoever sets one has it hold from then on.
   * @returns how many; fewer than `limit` when none is left
   */
  async deleteDue(owner: ProjectOwner, limit: number, tx: Tx): Promise<number> {
    const { organizationId, projectId } = owner;
    const project = await this.projects.lockForUpload(organizationId, projectId, tx);
    if (!project || project.legalHold || project.retentionDays === null) return 0;
    const ids = await this.repository.listDue(owner, project.retentionDays, limit, tx);
    return ids.length === 0 ? 0 : this.removal.deleteExpired(owner, ids, tx);
  }
}
