import { Injectable } from '@nestjs/common';
import { listRows, type RowQuery } from '../../platform/database/list-rows.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { RevisionCause, VersionChange } from './variable.js';
import type { SealedContent } from './variable-sealer.service.js';

/** A version to be written. */
export interface NewVersion extends SealedContent {
  readonly variableId: string;
  readonly version: number;
  readonly change: VersionChange;
  readonly key: string;
  readonly digest: Buffer | null;
  readonly tags: readonly string[];
  readonly rotateDays: number | null;
}

/** What one version was, without what is sealed in it. */
export interface VersionHead {
  readonly variableId: string;
  readonly environmentId: string;
  readonly version: number;
  readonly change: VersionChange;
  readonly key: string;
  readonly tags: readonly string[];
  readonly rotateDays: number | null;
  readonly destroyedAt: Date | null;
  readonly destroyedBy: string | null;
  readonly revision: number;
  readonly cause: RevisionCause;
  readonly changedBy: string;
  readonly changedAt: Date;
  readonly requestId: string;
  readonly reasonSealed: Buffer | null;
}

/** A version as it is read. */
export interface VersionRow extends VersionHead, SealedContent {}

/** What holds of a variable at some revision. */
export interface VersionInForce extends SealedContent {
  readonly variableId: string;
  readonly version: number;
  readonly key: string;
  readonly digest: Buffer | null;
  readonly tags: readonly string[];
  readonly rotateDays: number | null;
}

/** Which versions to list; absent fields do not filter. */
export interface VersionFilter {
  readonly environmentId: string;
  readonly variableId?: string | undefined;
  readonly key?: string | undefined;
  readonly change?: VersionChange | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

const HEAD = `
  w.variable_id AS "variableId", w.environment_id AS "environmentId", w.version, w.change, w.key, w.tags,
  w.rotate_days AS "rotateDays", w.destroyed_at AS "destroyedAt", w.destroyed_by AS "destroyedBy", w.revision, r.cause,
  r.changed_by AS "changedBy", r.changed_at AS "changedAt", r.request_id AS "requestId",
  r.reason_sealed AS "reasonSealed"`;
const SEALED = `w.value_sealed AS "valueSealed", w.key_sealed AS "keySealed", w.note_sealed AS "noteSealed"`;
const FROM = `
  variable_versions w
  JOIN environment_revisions r ON r.environment_id = w.environment_id AND r.revision = w.revision`;

const SORT: RowQuery['sort'] = { created_at: { column: 'r.changed_at', type: 'timestamptz' } };

@Injectable()
export class VariableVersionsRepository {
  async insert(
    place: { readonly organizationId: string; readonly environmentId: string; readonly revision: number },
    versions: readonly NewVersion[],
    tx: Tx,
  ): Promise<void> {
    // Tags travel as JSON: an array of arrays of differing lengths is none to PostgreSQL.
    await tx.query(
      `INSERT INTO variable_versions (organization_id, environment_id, revision, variable_id, version, change, key,
                                      value_sealed, key_sealed, note_sealed, digest, tags, rotate_days)
       SELECT $1, $2, $3, n.id, n.version, n.change, n.key, n.value, n.value_key, n.note, n.digest,
              ARRAY(SELECT jsonb_array_elements_text(n.tags)), n.days
         FROM unnest($4::text[], $5::int[], $6::text[], $7::text[], $8::bytea[], $9::bytea[], $10::bytea[],
                     $11::bytea[], $12::jsonb[], $13::int[])
                AS n (id, version, change, key, value, value_key, note, digest, tags, days)`,
      [
        ...[place.organizationId, place.environmentId, place.revision],
        versions.map(({ variableId }) => variableId),
        versions.map(({ version }) => version),
        versions.map(({ change }) => change),
        versions.map(({ key }) => key),
        versions.map(({ valueSealed }) => valueSealed),
        versions.map(({ keySealed }) => keySealed),
        versions.map(({ noteSealed }) => noteSealed),
        versions.map(({ digest }) => digest),
        versions.map(({ tags }) => JSON.stringify(tags)),
        versions.map(({ rotateDays }) => rotateDays),
      ],
    );
  }

  list(
    organizationId: string,
    filter: VersionFilter,
    listing: Listing,
    db: Tx,
  ): Promise<Listed<VersionHead>> {
    const where = [
      ['w.organization_id = ?', organizationId],
      ['w.environment_id = ?', filter.environmentId],
      ['w.variable_id = ?', filter.variableId],
      ['w.key = ?', filter.key],
      ['w.change = ?', filter.change],
      ['r.changed_at >= ?', filter.from],
      ['r.changed_at < ?', filter.to],
    ] as const;
    // Versions as text are in order of their numbers as long as they have as many digits.
    const id = `(w.variable_id || '/' || lpad(w.version::text, 10, '0'))`;
    return listRows({ select: HEAD, from: FROM, where, sort: SORT, id }, listing, db);
  }

  async find(
    organizationId: string,
    variableId: string,
    version: number,
    db: Tx,
  ): Promise<VersionRow | undefined> {
    const [row] = await db.query(
      `SELECT ${HEAD}, ${SEALED} FROM ${FROM}
        WHERE w.organization_id = $1 AND w.variable_id = $2 AND w.version = $3`,
      [organizationId, variableId, version],
    );
    return row;
  }

  /** What holds of each variable at a revision; those deleted by then, or not yet made, are not among them. */
  listInForce(
    organizationId: string,
    environmentId: string,
    revision: number,
    db: Tx,
  ): Promise<VersionInForce[]> {
    return db.query(
      `SELECT "variableId", version, key, digest, tags, "rotateDays", "valueSealed", "keySealed", "noteSealed" FROM (
         SELECT DISTINCT ON (w.variable_id) w.variable_id AS "variableId", w.version, w.key, w.change, w.digest, w.tags,
                w.rotate_days AS "rotateDays", ${SEALED}
           FROM variable_versions w
          WHERE w.organization_id = $1 AND w.environment_id = $2 AND w.revision <= $3
          ORDER BY w.variable_id, w.version DESC) held
        WHERE change <> 'deleted' ORDER BY key`,
      [organizationId, environmentId, revision],
    );
  }

  /** Destroys what a version kept secret. With its key goes every copy of its value. */
  async destroy(
    organizationId: string,
    variableId: string,
    version: number,
    by: string,
    tx: Tx,
  ): Promise<void> {
    await tx.query(
      `UPDATE variable_versions
          SET value_sealed = NULL, key_sealed = NULL, note_sealed = NULL, digest = NULL,
              destroyed_at = now(), destroyed_by = $4
        WHERE organization_id = $1 AND variable_id = $2 AND version = $3`,
      [organizationId, variableId, version, by],
    );
  }
}
