import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { StoredEvent } from '../../platform/outbox/event.js';
import { EventConsumer } from '../../platform/outbox/event-consumer.js';
import { type Destruction, Destructions } from './destructions.service.js';

/** Tells the ledger of projects that were deleted. */
@Injectable()
export class DeletedProjects extends EventConsumer {
  readonly name = 'erasures.projects';
  readonly events = ['project.deleted'];
  override readonly isPrompt = true;

  constructor(private readonly destructions: Destructions) {
    super();
  }

  override async promptly(event: StoredEvent): Promise<void> {
    const destruction = destructionOf(event);
    if (destruction) await this.destructions.announce(destruction);
  }

  async handle(event: StoredEvent, tx: Tx): Promise<void> {
    const destruction = destructionOf(event);
    if (destruction) await this.destructions.record(destruction, tx);
  }
}

const destructionOf = ({ organizationId, projectId, createdAt }: StoredEvent): Destruction | undefined =>
  projectId === null
    ? undefined
    : {
        ...{ organizationId, createdAt, kind: 'projects' },
        id: projectId.replace(/^proj_/, 'erasure_'),
        subject: { projectId },
      };
