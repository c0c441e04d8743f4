import { Injectable } from '@nestjs/common';
import { type Condition, listRows, type RowQuery } from '../../platform/database/list-rows.js';
import { prepared } from '../../platform/database/prepared.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { Environment, EnvironmentFilter } from './environment.js';

/** An environment's row: its description lies sealed. */
export interface EnvironmentRow extends Omit<Environment, 'description'> {
  readonly descriptionSealed: Buffer | null;
}

/** What a new environment brings; the rest has its defaults. */
export type NewEnvironment = Pick<
  EnvironmentRow,
  'id' | 'organizationId' | 'projectId' | 'name' | 'type' | 'descriptionSealed' | 'createdBy'
>;

/** Where variables changed, and how. */
export interface EnvironmentRevision {
  readonly revision: number;
  readonly revisedAt: Date;
  /** How many more variables it has, or with a minus less. */
  readonly variables: number;
}

const COLUMNS = `
  id, number::float8 AS number, organization_id AS "organizationId", project_id AS "projectId", name,
  environment_type AS type, description_sealed AS "descriptionSealed", variable_count AS "variableCount", version,
  revision, revised_at AS "revisedAt", created_by AS "createdBy", created_at AS "createdAt",
  updated_at AS "updatedAt"`;

const FIND = prepared(`SELECT ${COLUMNS} FROM environments WHERE organization_id = $1 AND id = $2`);

const SORT: RowQuery['sort'] = {
  created_at: { column: 'created_at', type: 'timestamptz' },
  updated_at: { column: 'updated_at', type: 'timestamptz' },
  name: { column: 'name', type: 'text' },
};

@Injectable()
export class EnvironmentsRepository {
  /** @returns false when the project has one of that name */
  async insert(row: NewEnvironment, tx: Tx): Promise<boolean> {
    const rows = await tx.query(
      `INSERT INTO environments
         (id, organization_id, project_id, name, environment_type, description_sealed, created_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (project_id, name) DO NOTHING RETURNING id`,
      [row.id, row.organizationId, row.projectId, row.name, row.type, row.descriptionSealed, row.createdBy],
    );
    return rows.length > 0;
  }

  async find(organizationId: string, id: string, db: Tx): Promise<EnvironmentRow | undefined> {
    return (await db.query(FIND, [organizationId, id]))[0];
  }

  async findId(organizationId: string, number: number, db: Tx): Promise<string | undefined> {
    const sql = 'SELECT id FROM environments WHERE organization_id = $1 AND number = $2';
    return (await db.query(sql, [organizationId, number]))[0]?.id;
  }

  findMany(organizationId: string, ids: readonly string[], db: Tx): Promise<EnvironmentRow[]> {
    const sql = `SELECT ${COLUMNS} FROM environments WHERE organization_id = $1 AND id = ANY($2)`;
    return db.query(sql, [organizationId, ids]);
  }

  findByName(organizationId: string, projectId: string, name: string, db: Tx) {
    const sql = `SELECT ${COLUMNS} FROM environments WHERE organization_id = $1 AND project_id = $2 AND name = $3`;
    return db.query<EnvironmentRow[]>(sql, [organizationId, projectId, name]).then(([row]) => row);
  }

  /** @param within that a row may be seen */
  list(
    within: Condition,
    filter: EnvironmentFilter,
    listing: Listing,
    db: Tx,
  ): Promise<Listed<EnvironmentRow>> {
    const where = [
      within,
      ['project_id = ?', filter.projectId],
      ['environment_type = ?', filter.type],
      ['name = ?', filter.name],
      ['created_at >= ?', filter.from],
      ['created_at < ?', filter.to],
    ] as const;
    return listRows({ select: COLUMNS, from: 'environments', where, sort: SORT }, listing, db);
  }

  /** Reads an environment and keeps others from changing it or its variables until the transaction ends. */
  async lock(organizationId: string, id: string, tx: Tx): Promise<EnvironmentRow | undefined> {
    const sql = `SELECT ${COLUMNS} FROM environments WHERE organization_id = $1 AND id = $2 FOR NO KEY UPDATE`;
    return (await tx.query(sql, [organizationId, id]))[0];
  }

  /** Whether another environment of the project has that name. */
  async isNamed(
    organizationId: string,
    projectId: string,
    name: string,
    butId: string,
    db: Tx,
  ): Promise<boolean> {
    const rows = await db.query(
      'SELECT 1 FROM environments WHERE organization_id = $1 AND project_id = $2 AND name = $3 AND id <> $4',
      [organizationId, projectId, name, butId],
    );
    return rows.length > 0;
  }

  /** Writes everything that can change of an environment's settings. */
  async update(row: EnvironmentRow, tx: Tx): Promise<void> {
    await tx.query(
      `UPDATE environments
          SET name = $3, environment_type = $4, description_sealed = $5, version = $6, updated_at = $7
        WHERE organization_id = $1 AND id = $2`,
      [row.organizationId, row.id, row.name, row.type, row.descriptionSealed, row.version, row.updatedAt],
    );
  }

  async revise(organizationId: string, id: string, change: EnvironmentRevision, tx: Tx): Promise<void> {
    await tx.query(
      `UPDATE environments
          SET revision = $3, revised_at = $4, variable_count = variable_count + $5, version = version + 1
        WHERE organization_id = $1 AND id = $2`,
      [organizationId, id, change.revision, change.revisedAt, change.variables],
    );
  }

  /** With it go its variables, their versions and their keys. */
  async delete(organizationId: string, id: string, tx: Tx): Promise<void> {
    await tx.query('DELETE FROM environments WHERE organization_id = $1 AND id = $2', [organizationId, id]);
  }

  async deleteOfProject(organizationId: string, projectId: string, tx: Tx): Promise<number> {
    const sql = 'DELETE FROM environments WHERE organization_id = $1 AND project_id = $2';
    const [, count] = await tx.query(sql, [organizationId, projectId]);
    return count;
  }
}
