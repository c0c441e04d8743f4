import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { PeriodicWork } from '../../platform/leader/periodic-work.js';
import { InvitationsRepository } from './invitations.repository.js';

/** How long an organization can see what became of an invitation. */
const KEPT_DAYS = 30;

/** Forgets invitations that are over, and with them the addresses of people who never came. */
@Injectable()
export class InvitationsSweeper extends PeriodicWork {
  readonly name = 'invitations.sweep';
  readonly everyMs = 3_600_000;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly invitations: InvitationsRepository,
  ) {
    super();
  }

  async run(): Promise<void> {
    await this.unitOfWork.run((tx) => this.invitations.deleteOld(KEPT_DAYS, tx));
  }
}
