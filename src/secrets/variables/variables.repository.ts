import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Variable } from './variable.js';
import type { SealedContent } from './variable-sealer.service.js';

/** A variable's row with its version in use, still sealed. */
export interface VariableRow extends Omit<Variable, 'value' | 'note'>, SealedContent {}

/** How a change leaves a variable's own row. */
export interface VariableState {
  readonly id: string;
  readonly key: string;
  readonly version: number;
  readonly isDeleted: boolean;
  readonly valueChanged: boolean;
  readonly rotateDays: number | null;
  readonly createdBy: string;
}

interface VariablePlace {
  readonly organizationId: string;
  readonly projectId: string;
  readonly environmentId: string;
}

const SELECT = `
  SELECT v.id, v.number::float8 AS number, v.organization_id AS "organizationId", v.project_id AS "projectId",
         v.environment_id AS "environmentId", v.key, v.version, v.created_by AS "createdBy",
         v.created_at AS "createdAt", v.updated_at AS "updatedAt", v.value_changed_at AS "valueChangedAt",
         v.rotation_due_at AS "rotationDueAt", w.rotate_days AS "rotateDays", w.tags,
         w.value_sealed AS "valueSealed", w.key_sealed AS "keySealed", w.note_sealed AS "noteSealed"
    FROM variables v JOIN variable_versions w ON w.variable_id = v.id AND w.version = v.version`;

const arraysOf = (states: readonly VariableState[]): unknown[] => [
  states.map(({ id }) => id),
  states.map(({ key }) => key),
  states.map(({ version }) => version),
  states.map(({ isDeleted }) => isDeleted),
  states.map(({ valueChanged }) => valueChanged),
  states.map(({ rotateDays }) => rotateDays),
  states.map(({ createdBy }) => createdBy),
];

const GIVEN = `unnest($2::text[], $3::text[], $4::int[], $5::bool[], $6::bool[], $7::int[], $8::text[])
                 AS n (id, key, version, gone, fresh, days, made_by)`;

/** Variables that are there. What was deleted has its row on, for its versions' sake, and is found by id alone. */
@Injectable()
export class VariablesRepository {
  list(organizationId: string, environmentId: string, db: Tx): Promise<VariableRow[]> {
    const sql = `${SELECT} WHERE v.organization_id = $1 AND v.environment_id = $2 AND v.deleted_at IS NULL ORDER BY v.id`;
    return db.query(sql, [organizationId, environmentId]);
  }

  listByKeys(organizationId: string, environmentId: string, keys: readonly string[], db: Tx) {
    return db.query<VariableRow[]>(
      `${SELECT} WHERE v.organization_id = $1 AND v.environment_id = $2 AND v.live_key = ANY($3)`,
      [organizationId, environmentId, keys],
    );
  }

  async find(organizationId: string, id: string, db: Tx): Promise<VariableRow | undefined> {
    const sql = `${SELECT} WHERE v.organization_id = $1 AND v.id = $2 AND v.deleted_at IS NULL`;
    return (await db.query(sql, [organizationId, id]))[0];
  }

  async findId(organizationId: string, number: number, db: Tx): Promise<string | undefined> {
    const sql = 'SELECT id FROM variables WHERE organization_id = $1 AND number = $2 AND deleted_at IS NULL';
    return (await db.query(sql, [organizationId, number]))[0]?.id;
  }

  /** The numbers of variables by their ids. */
  async numbersOf(
    organizationId: string,
    ids: readonly string[],
    db: Tx,
  ): Promise<ReadonlyMap<string, number>> {
    const sql =
      'SELECT id, number::float8 AS number FROM variables WHERE organization_id = $1 AND id = ANY($2)';
    const rows: { id: string; number: number }[] = await db.query(sql, [organizationId, ids]);
    return new Map(rows.map(({ id, number }) => [id, number]));
  }

  /** Where a variable is or was, and who made it: deleted ones too, for what asks for their versions. */
  async findAny(organizationId: string, id: string, db: Tx): Promise<AnyVariable | undefined> {
    const [row] = await db.query(
      `SELECT id, number::float8 AS number, project_id AS "projectId", environment_id AS "environmentId", key, version,
              created_by AS "createdBy", deleted_at IS NOT NULL AS "isDeleted"
         FROM variables WHERE organization_id = $1 AND id = $2`,
      [organizationId, id],
    );
    return row;
  }

  /** Variables of an environment that were deleted, by id. */
  listGone(
    organizationId: string,
    environmentId: string,
    ids: readonly string[],
    db: Tx,
  ): Promise<GoneVariable[]> {
    return db.query(
      `SELECT id, version, created_by AS "createdBy" FROM variables
        WHERE organization_id = $1 AND environment_id = $2 AND id = ANY($3) AND deleted_at IS NOT NULL`,
      [organizationId, environmentId, ids],
    );
  }

  /** Writes new variables. @param at when their environment changed */
  async insert(place: VariablePlace, states: readonly VariableState[], at: Date, tx: Tx): Promise<void> {
    if (states.length === 0) return;
    const { organizationId, projectId, environmentId } = place;
    await tx.query(
      `INSERT INTO variables (id, organization_id, project_id, environment_id, key, live_key, version, rotation_due_at,
                              created_by, created_at, updated_at, value_changed_at)
       SELECT n.id, $1, $9, $10, n.key, n.key, n.version, $11::timestamptz + make_interval(days => n.days), n.made_by, $11, $11, $11
         FROM ${GIVEN}`,
      [organizationId, ...arraysOf(states), projectId, environmentId, at],
    );
  }

  /** Brings variables into new states, all at once, so that keys may be swapped. */
  async update(place: VariablePlace, states: readonly VariableState[], at: Date, tx: Tx): Promise<void> {
    if (states.length === 0) return;
    await tx.query(
      `UPDATE variables v
          SET key = n.key, live_key = CASE WHEN n.gone THEN NULL ELSE n.key END, version = n.version,
              updated_at = $10, value_changed_at = CASE WHEN n.fresh THEN $10 ELSE v.value_changed_at END,
              rotation_due_at = CASE WHEN n.fresh THEN $10 ELSE v.value_changed_at END + make_interval(days => n.days),
              rotation_told_at = CASE WHEN NOT n.fresh AND v.value_changed_at + make_interval(days => n.days) = v.rotation_due_at
                                      THEN v.rotation_told_at END,
              deleted_at = CASE WHEN n.gone THEN $10 END
         FROM ${GIVEN}
        WHERE v.organization_id = $1 AND v.environment_id = $9 AND v.id = n.id`,
      [place.organizationId, ...arraysOf(states), place.environmentId, at],
    );
  }
}

/** A variable that may have been deleted. */
export interface AnyVariable {
  readonly id: string;
  readonly number: number;
  readonly projectId: string;
  readonly environmentId: string;
  readonly key: string;
  readonly version: number;
  readonly createdBy: string;
  readonly isDeleted: boolean;
}

/** A variable that was deleted, as far as it takes to bring it back. */
export interface GoneVariable {
  readonly id: string;
  readonly version: number;
  readonly createdBy: string;
}
