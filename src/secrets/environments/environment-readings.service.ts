import { Injectable } from '@nestjs/common';
import { AuditWriter, type PreparedEntry } from '../../platform/audit/audit.writer.js';
import { Coalescer } from '../../platform/database/coalescer.js';
import { rowSetOf } from '../../platform/database/row-set.js';
import type { Statement } from '../../platform/database/statement.js';
import type { Caller } from '../../platform/http/request-context.js';
import { entryOf, type NewsExtent } from './environment-news.service.js';
import type { EnvironmentRow } from './environments.repository.js';

/** An environment as somebody remembers it, and the entry that says that it was read. */
interface Reading {
  readonly environment: EnvironmentRow;
  readonly prepared: PreparedEntry;
}

const READINGS = rowSetOf<Reading>([
  ['entry_id', 'text', ({ prepared }) => prepared.id],
  ['organization_id', 'text', ({ environment }) => environment.organizationId],
  ['environment_id', 'text', ({ environment }) => environment.id],
  ['version', 'integer', ({ environment }) => environment.version],
  ['revision', 'integer', ({ environment }) => environment.revision],
]);

/** Every change of an environment raises its version, and every change of its variables its revision too. */
const OF_UNCHANGED = `
  SELECT given.entry_id FROM ${READINGS.from(1)}
    JOIN environments e ON e.organization_id = given.organization_id AND e.id = given.environment_id
                       AND e.version = given.version AND e.revision = given.revision`;

/**
 * Readings of what this process remembers. One statement, which readings of the same moment share, asks the database whether
 * environments are still what they were and writes down that they were read: of a change that is committed before a reading
 * begins, that reading hears.
 */
@Injectable()
export class EnvironmentReadings {
  private readonly shared = new Coalescer<Reading, boolean>(async (readings) => {
    const written = await this.audit.appendWhere(
      readings.map(({ prepared }) => prepared),
      ofUnchanged(readings),
    );
    return readings.map(({ prepared }) => written.has(prepared.id));
  });

  constructor(private readonly audit: AuditWriter) {}

  /**
   * Puts the caller on record for having read the environment, if it still is as it is remembered.
   * @param environment as it was read for an earlier request
   * @returns false when it is not, or is gone: nobody is on record then
   */
  async tellIfUnchanged(caller: Caller, environment: EnvironmentRow, extent: NewsExtent): Promise<boolean> {
    const prepared = await this.audit.prepare(entryOf(caller, environment, 'read', extent));
    return this.shared.run({ environment, prepared });
  }
}

const ofUnchanged = (readings: readonly Reading[]): Statement => ({
  sql: OF_UNCHANGED,
  parameters: [READINGS.valueOf(readings)],
});
