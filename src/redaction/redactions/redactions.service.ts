import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { platformError } from '../../platform/errors/app-error.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { Caller } from '../../platform/http/request-context.js';
import type { JobStatus } from '../../platform/queue/job.js';
import { JobsRepository } from '../../platform/queue/jobs.repository.js';
import { ProjectsRepository } from '../../projects/index.js';
import type { DocumentProgress, Redaction, RedactionWithJob } from './redaction.js';
import { RedactionDocumentsRepository } from './redaction-documents.repository.js';
import { RedactionsRepository } from './redactions.repository.js';

/** Redactions as everybody of the organization sees them who sees the project. */
@Injectable()
export class RedactionsService {
  constructor(
    private readonly redactions: RedactionsRepository,
    private readonly documents: RedactionDocumentsRepository,
    private readonly jobs: JobsRepository,
    private readonly projects: ProjectsRepository,
    private readonly dataSource: DataSource,
  ) {}

  /** @throws AppError NOT_FOUND when there is no such project */
  async listRedactions(
    { principal }: Caller,
    projectId: string,
    listing: Listing,
  ): Promise<Listed<RedactionWithJob>> {
    const { organizationId } = principal;
    const db = this.dataSource.manager;
    if (!(await this.projects.exists(organizationId, projectId, db))) throw platformError('NOT_FOUND');
    const { rows, ...listed } = await this.redactions.list(organizationId, projectId, listing, db);
    const ids = rows.map(({ jobId }) => jobId);
    const jobs = new Map((await this.jobs.list(organizationId, ids, db)).map((job) => [job.id, job]));
    const both = rows.flatMap((redaction) => {
      const job = jobs.get(redaction.jobId);
      return job ? [{ redaction, job }] : [];
    });
    return { ...listed, rows: both };
  }

  /** @throws AppError NOT_FOUND */
  async getRedaction(caller: Caller, projectId: string, id: string): Promise<RedactionWithJob> {
    const redaction = await this.find(caller, projectId, id);
    const job = await this.jobs.get(redaction.organizationId, redaction.jobId, this.dataSource.manager);
    return { redaction, job };
  }

  /** A page of the documents, in their order. @throws AppError NOT_FOUND */
  async listDocuments(
    caller: Caller,
    projectId: string,
    id: string,
    status: JobStatus | undefined,
    listing: Listing,
  ): Promise<Listed<DocumentProgress>> {
    const { organizationId } = await this.find(caller, projectId, id);
    const redaction = { organizationId, redactionId: id };
    return this.documents.list(redaction, status, listing, this.dataSource.manager);
  }

  private async find({ principal }: Caller, projectId: string, id: string): Promise<Redaction> {
    const db = this.dataSource.manager;
    const found = await this.redactions.find(principal.organizationId, projectId, id, db);
    if (!found) throw platformError('NOT_FOUND');
    return found;
  }
}
