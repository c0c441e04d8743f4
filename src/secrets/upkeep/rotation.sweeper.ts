import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { PeriodicWork } from '../../platform/leader/periodic-work.js';
import { RotationReminders } from './rotation-reminders.service.js';
import { RotationsRepository } from './rotations.repository.js';

/** Organizations looked at in one go, and variables told of in one transaction. */
const ORGANIZATIONS = 100;
const VARIABLES = 100;

/** Reminds of values that are to be changed, in small pieces. */
@Injectable()
export class RotationSweeper extends PeriodicWork {
  readonly name = 'variables.rotation';
  readonly everyMs = 60_000;

  constructor(
    private readonly repository: RotationsRepository,
    private readonly reminders: RotationReminders,
    private readonly unitOfWork: UnitOfWork,
    private readonly dataSource: DataSource,
  ) {
    super();
  }

  async run(signal: AbortSignal): Promise<void> {
    for (let afterId = ''; !signal.aborted; ) {
      const { manager } = this.dataSource;
      const ids = await this.repository.listOrganizationIds(afterId, ORGANIZATIONS, manager);
      for (const id of ids) await this.sweep(id, signal);
      const last = ids.at(-1);
      if (last === undefined || ids.length < ORGANIZATIONS) return;
      afterId = last;
    }
  }

  private async sweep(organizationId: string, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const told = await this.unitOfWork.run((tx) => this.reminders.tellDue(organizationId, VARIABLES, tx));
      if (told < VARIABLES) return;
    }
  }
}
