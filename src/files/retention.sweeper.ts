import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { PeriodicWork } from '../platform/leader/periodic-work.js';
import { type ProjectOwner, ProjectsRepository } from '../projects/index.js';
import { RetentionService } from './retention.service.js';

/** Projects looked at in one go, and documents deleted in one transaction. */
const PROJECTS = 100;
const DOCUMENTS = 100;

/** Deletes documents that have been kept as long as their project says, in small pieces. */
@Injectable()
export class RetentionSweeper extends PeriodicWork {
  readonly name = 'documents.retention';
  readonly everyMs = 600_000;

  constructor(
    private readonly projects: ProjectsRepository,
    private readonly retention: RetentionService,
    private readonly unitOfWork: UnitOfWork,
    private readonly dataSource: DataSource,
  ) {
    super();
  }

  async run(signal: AbortSignal): Promise<void> {
    for (let afterId = ''; !signal.aborted; ) {
      const retained = await this.projects.listRetained(afterId, PROJECTS, this.dataSource.manager);
      for (const { id: projectId, organizationId } of retained) {
        await this.sweep({ organizationId, projectId }, signal);
      }
      const last = retained.at(-1);
      if (!last || retained.length < PROJECTS) return;
      afterId = last.id;
    }
  }

  private async sweep(owner: ProjectOwner, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const deleted = await this.unitOfWork.run((tx) => this.retention.deleteDue(owner, DOCUMENTS, tx));
      if (deleted < DOCUMENTS) return;
    }
  }
}
