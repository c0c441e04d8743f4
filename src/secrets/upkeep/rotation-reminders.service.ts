import { Injectable } from '@nestjs/common';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/http/ids.js';
import { EventOutbox } from '../../platform/outbox/event-outbox.js';
import { type DueRotation, RotationsRepository } from './rotations.repository.js';

/** Tells that values are to be changed: once for each time that one falls due. */
@Injectable()
export class RotationReminders {
  constructor(
    private readonly repository: RotationsRepository,
    private readonly audit: AuditWriter,
    private readonly events: EventOutbox,
  ) {}

  /** An audit row and an event for each. @returns how many; fewer than the limit when no more are due */
  async tellDue(organizationId: string, limit: number, tx: Tx): Promise<number> {
    const due = await this.repository.takeDue(organizationId, limit, tx);
    for (const rotation of due) await this.audit.append(entryOf(organizationId, rotation), tx);
    await this.events.appendMany(
      due.map((rotation) => eventOf(organizationId, rotation)),
      tx,
    );
    return due.length;
  }
}

const entryOf = (organizationId: string, { id, key, version, ...rotation }: DueRotation) => ({
  organizationId,
  projectId: rotation.projectId,
  actor: { type: 'system', id: 'rotation' } as const,
  action: 'variable.rotation_reminded',
  target: { type: 'variable', id },
  requestId: newId('req'),
  details: {
    variable_key: key,
    environment_name: rotation.environmentName,
    version,
    rotation_due_at: rotation.dueAt.toISOString(),
  },
});

/** The payload of the other events of variables, as far as there is a change that somebody made. */
const eventOf = (organizationId: string, { id, number, key, ...rotation }: DueRotation) => ({
  organizationId,
  projectId: rotation.projectId,
  name: 'variable.rotation_due',
  data: {
    variable: { id: number, key, environment_id: rotation.environmentNumber },
    variable_id: id,
    environment_id: rotation.environmentId,
    project_id: rotation.projectId,
    rotation_due_at: rotation.dueAt.toISOString(),
  },
});
