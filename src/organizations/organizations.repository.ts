import { Injectable } from '@nestjs/common';
import { containing, listRows, type RowQuery } from '../platform/database/list-rows.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { platformError } from '../platform/errors/app-error.js';
import type { Listed, Listing } from '../platform/http/listing.js';
import { OrganizationEntity } from './organization.entity.js';
import type { Organization, OrganizationFilter } from './organization.js';

/** What others show of an organization. */
export interface OrganizationName {
  readonly id: string;
  /** Whole number by which KeyNest's clients know it. */
  readonly number: number;
  readonly name: string;
}

/** An organization's row: its description lies sealed. */
export interface OrganizationRow extends Omit<Organization, 'description' | 'userRole'> {
  readonly descriptionSealed: Buffer | null;
}

/** What a new organization brings; the rest has its defaults. */
export interface NewOrganization {
  readonly id: string;
  readonly name: string;
}

/** How much more, or with a minus less, an organization has. */
export interface OrganizationCounts {
  readonly members?: number;
  readonly projects?: number;
}

const COLUMNS = `
  id, number::float8 AS number, name, description_sealed AS "descriptionSealed", member_count AS "memberCount",
  project_count AS "projectCount", version, created_at AS "createdAt", updated_at AS "updatedAt"`;

const SORT: RowQuery['sort'] = {
  created_at: { column: 'created_at', type: 'timestamptz' },
  updated_at: { column: 'updated_at', type: 'timestamptz' },
  name: { column: 'name', type: 'text' },
};

/** Organizations that are there: one that was erased leaves a row without a name, which nobody sees. */
@Injectable()
export class OrganizationsRepository {
  /** Names by id; missing ones are left out. */
  async findNames(ids: readonly string[], db: Tx): Promise<Map<string, OrganizationName>> {
    const rows: OrganizationName[] = await db.query(
      `SELECT id, number::float8 AS number, name FROM organizations WHERE id = ANY($1) AND deleted_at IS NULL`,
      [ids],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** The id that goes with a number. Asks nobody whether they may know it. */
  async findId(number: number, db: Tx): Promise<string | undefined> {
    const sql = 'SELECT id FROM organizations WHERE number = $1 AND deleted_at IS NULL';
    return (await db.query(sql, [number]))[0]?.id;
  }

  async find(id: string, db: Tx): Promise<OrganizationRow | undefined> {
    const sql = `SELECT ${COLUMNS} FROM organizations WHERE id = $1 AND deleted_at IS NULL`;
    return (await db.query(sql, [id]))[0];
  }

  list(
    ids: readonly string[],
    filter: OrganizationFilter,
    listing: Listing,
    db: Tx,
  ): Promise<Listed<OrganizationRow>> {
    const where = [
      ['id = ANY(?)', ids],
      ['(deleted_at IS NULL) = ?', true],
      ['name = ?', filter.name],
      ['name ILIKE ?', containing(filter.search)],
    ] as const;
    return listRows({ select: COLUMNS, from: 'organizations', where, sort: SORT }, listing, db);
  }

  /**
   * Reads an organization and keeps others from changing it or its members until the transaction ends; they go on adding
   * things to it.
   */
  async lock(id: string, tx: Tx): Promise<OrganizationRow | undefined> {
    const sql = `SELECT ${COLUMNS} FROM organizations WHERE id = $1 AND deleted_at IS NULL FOR NO KEY UPDATE`;
    return (await tx.query(sql, [id]))[0];
  }

  async insert(organization: NewOrganization, tx: Tx): Promise<void> {
    await tx.insert(OrganizationEntity, organization);
  }

  /** The twins that test keys work in. */
  async findSandboxIds(db: Tx): Promise<string[]> {
    const rows: { id: string }[] = await db.query(
      'SELECT id FROM organizations WHERE sandbox_of IS NOT NULL',
    );
    return rows.map(({ id }) => id);
  }

  /** Whether an organization was erased, its keys with it. */
  async isErased(id: string, db: Tx): Promise<boolean> {
    const sql =
      'SELECT EXISTS (SELECT FROM organizations WHERE id = $1 AND deleted_at IS NOT NULL) AS erased';
    return (await db.query(sql, [id]))[0].erased;
  }

  /** Writes everything that can change of an organization, but its counts. */
  async update(row: OrganizationRow, tx: Tx): Promise<void> {
    const { id, name, descriptionSealed, version, updatedAt } = row;
    await tx.query(
      `UPDATE organizations SET name = $2, description_sealed = $3, version = $4, updated_at = $5 WHERE id = $1`,
      [id, name, descriptionSealed, version, updatedAt],
    );
  }

  /**
   * Counts what came or went. The version goes up too: whoever has read the organization has read other numbers. Late in a
   * transaction, since others that count wait for its end.
   * @throws AppError NOT_FOUND when the organization was deleted meanwhile
   */
  async adjustCounts(id: string, { members = 0, projects = 0 }: OrganizationCounts, tx: Tx): Promise<void> {
    const [, count] = await tx.query(
      `UPDATE organizations
          SET member_count = member_count + $2, project_count = project_count + $3, version = version + 1
        WHERE id = $1 AND deleted_at IS NULL`,
      [id, members, projects],
    );
    if (count === 0) throw platformError('NOT_FOUND');
  }
}
