import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { StoredEvent } from '../../platform/outbox/event.js';
import { EventConsumer } from '../../platform/outbox/event-consumer.js';
import { type Destruction, Destructions } from './destructions.service.js';

/** Tells the ledger of environments that were deleted, and of versions of variables that were destroyed. */
@Injectable()
export class DestroyedSecrets extends EventConsumer {
  readonly name = 'erasures.secrets';
  readonly events = ['environment.deleted', 'variable.destroyed'];
  override readonly isPrompt = true;

  constructor(private readonly destructions: Destructions) {
    super();
  }

  override promptly(event: StoredEvent): Promise<void> {
    return this.destructions.announce(destructionOf(event));
  }

  handle(event: StoredEvent, tx: Tx): Promise<void> {
    return this.destructions.record(destructionOf(event), tx);
  }
}

function destructionOf({ id, organizationId, name, data, createdAt }: StoredEvent): Destruction {
  const environmentId = String(data.environment_id);
  const place = { organizationId, createdAt };
  if (name === 'environment.deleted') {
    const entry = environmentId.replace(/^env_/, 'erasure_');
    return { ...place, id: entry, kind: 'environments', subject: { environmentId } };
  }
  const [variableId, destroyedBy] = [String(data.variable_id), String(data.destroyed_by)];
  const subject = { variableId, version: Number(data.version), destroyedBy };
  // A variable has many versions, and an event tells of one.
  return { ...place, id: id.replace(/^[a-z]+_/, 'erasure_'), kind: 'variable_versions', subject };
}
