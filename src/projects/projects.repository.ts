import { Injectable } from '@nestjs/common';
import { ProjectDirectory } from '../auth/index.js';
import { containing, listRows, type RowQuery } from '../platform/database/list-rows.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { Listed, Listing, Position } from '../platform/http/listing.js';
import { ProjectEntity } from './project.entity.js';
import type { Project, ProjectFilter } from './project.js';
import { isWithin, type ProjectReach } from './project-reach.js';

/** A project's row: its description lies sealed. */
export interface ProjectRow extends Omit<Project, 'description'> {
  readonly descriptionSealed: Buffer | null;
}

/** What a new project brings; the rest has its defaults. */
export interface NewProject {
  readonly id: string;
  readonly organizationId: string;
  readonly name: string;
  readonly createdBy: string;
  readonly descriptionSealed?: Buffer | null;
  readonly protected?: boolean;
  readonly retentionDays?: number | null;
  readonly legalHold?: boolean;
}

/** What matters to whoever puts something into a project. */
export type UploadTarget = Pick<ProjectRow, 'id' | 'status' | 'protected' | 'legalHold' | 'retentionDays'>;

/** How much more, or with a minus less, a project has. */
export interface CountChange {
  readonly documents?: number;
  readonly environments?: number;
  readonly bytes?: number;
}

/** What a project is called, by people and by KeyNest's clients. */
export type ProjectName = Pick<ProjectRow, 'id' | 'number' | 'name'>;

/** A project whose documents are deleted when they are older than so many days. */
export interface RetainedProject {
  readonly id: string;
  readonly organizationId: string;
  readonly retentionDays: number;
}

const COLUMNS = `
  id, number::float8 AS number, organization_id AS "organizationId", name,
  description_sealed AS "descriptionSealed", status, protected, document_count AS "documentCount",
  environment_count AS "environmentCount", size_bytes::float8 AS "sizeBytes",
  retention_days AS "retentionDays", legal_hold AS "legalHold", version, created_by AS "createdBy",
  created_at AS "createdAt", updated_at AS "updatedAt", archived_at AS "archivedAt"`;

const SORT: RowQuery['sort'] = {
  created_at: { column: 'created_at', type: 'timestamptz' },
  updated_at: { column: 'updated_at', type: 'timestamptz' },
  name: { column: 'name', type: 'text' },
};

@Injectable()
export class ProjectsRepository extends ProjectDirectory {
  async insert(project: NewProject, tx: Tx): Promise<void> {
    await tx.insert(ProjectEntity, project);
  }

  /** Whether the organization has such a project. */
  exists(organizationId: string, id: string, db: Tx): Promise<boolean> {
    return db.existsBy(ProjectEntity, { organizationId, id });
  }

  isActive(organizationId: string, id: string, db: Tx): Promise<boolean> {
    return db.existsBy(ProjectEntity, { organizationId, id, status: 'active' });
  }

  /** The organization's oldest project. */
  async findFirst(organizationId: string, db: Tx): Promise<string | null> {
    const [project] = await db.find(ProjectEntity, {
      where: { organizationId },
      order: { number: 'ASC' },
      take: 1,
    });
    return project?.id ?? null;
  }

  async find(organizationId: string, id: string, db: Tx): Promise<ProjectRow | undefined> {
    const sql = `SELECT ${COLUMNS} FROM projects WHERE organization_id = $1 AND id = $2`;
    return (await db.query(sql, [organizationId, id]))[0];
  }

  async findByNumber(organizationId: string, number: number, db: Tx): Promise<ProjectRow | undefined> {
    const sql = `SELECT ${COLUMNS} FROM projects WHERE organization_id = $1 AND number = $2`;
    return (await db.query(sql, [organizationId, number]))[0];
  }

  async findNames(
    organizationIds: readonly string[],
    ids: readonly string[],
    db: Tx,
  ): Promise<ReadonlyMap<string, ProjectName>> {
    const rows: ProjectName[] = await db.query(
      `SELECT id, number::float8 AS number, name FROM projects WHERE organization_id = ANY($1) AND id = ANY($2)`,
      [organizationIds, ids],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  list(reach: ProjectReach, filter: ProjectFilter, listing: Listing, db: Tx): Promise<Listed<ProjectRow>> {
    const where = [
      isWithin(reach),
      ['organization_id = ?', filter.organizationId],
      ['status = ?', filter.status],
      ['name = ?', filter.name],
      ['name ILIKE ?', containing(filter.search)],
      ['protected = ?', filter.protected],
      ['created_at >= ?', filter.from],
      ['created_at < ?', filter.to],
    ] as const;
    return listRows({ select: COLUMNS, from: 'projects', where, sort: SORT }, listing, db);
  }

  /** The next projects after a position, newest first, without counting them all. */
  async listAfter(
    reach: ProjectReach,
    after: Position | undefined,
    limit: number,
    db: Tx,
  ): Promise<{ rows: ProjectRow[]; last: Position | undefined }> {
    const [condition, ...values] = isWithin(reach);
    let next = 4;
    const found: (ProjectRow & { at: string })[] = await db.query(
      `SELECT ${COLUMNS}, created_at::text AS at FROM projects
        WHERE ${condition.replaceAll('?', () => `$${next++}`)}
          AND ($1::timestamptz IS NULL OR (created_at, id) < ($1, $2))
        ORDER BY created_at DESC, id DESC LIMIT $3`,
      [after?.value ?? null, after?.id ?? '', limit, ...values],
    );
    const last = found.at(-1);
    return {
      rows: found.map(({ at: _, ...row }) => row),
      last: last && found.length === limit ? { value: last.at, id: last.id } : undefined,
    };
  }

  /** Projects, of whatever organization, whose documents do not stay for ever; in the order of their ids. */
  listRetained(afterId: string, limit: number, db: Tx): Promise<RetainedProject[]> {
    return db.query(
      `SELECT id, organization_id AS "organizationId", retention_days AS "retentionDays" FROM projects
        WHERE retention_days IS NOT NULL AND NOT legal_hold AND id > $1 ORDER BY id LIMIT $2`,
      [afterId, limit],
    );
  }

  /**
   * Keeps an organization's projects from being put under legal hold until the transaction ends.
   * @returns false when one of them is under it
   */
  async lockUnheld(organizationId: string, tx: Tx): Promise<boolean> {
    const rows: { held: boolean }[] = await tx.query(
      'SELECT legal_hold AS held FROM projects WHERE organization_id = $1 ORDER BY id FOR SHARE',
      [organizationId],
    );
    return !rows.some(({ held }) => held);
  }

  /** Reads a project and keeps others from changing or deleting it until the transaction ends. */
  async lock(organizationId: string, id: string, tx: Tx): Promise<ProjectRow | undefined> {
    const sql = `SELECT ${COLUMNS} FROM projects WHERE organization_id = $1 AND id = $2 FOR UPDATE`;
    return (await tx.query(sql, [organizationId, id]))[0];
  }

  /**
   * The same for whoever puts something into it. They go one after another from here on, since each adjusts the counts
   * in the end: a shared lock that each then wants for itself would be a deadlock.
   */
  async lockForUpload(organizationId: string, id: string, tx: Tx): Promise<UploadTarget | undefined> {
    const rows = await tx.query(
      `SELECT id, status, protected, legal_hold AS "legalHold", retention_days AS "retentionDays"
         FROM projects WHERE organization_id = $1 AND id = $2 FOR NO KEY UPDATE`,
      [organizationId, id],
    );
    return rows[0];
  }

  /** Writes everything that can change of a project, but its counts. */
  async update(row: ProjectRow, tx: Tx): Promise<void> {
    const { organizationId, id, name, descriptionSealed, status, retentionDays, legalHold } = row;
    await tx.query(
      `UPDATE projects
          SET name = $3, description_sealed = $4, status = $5, retention_days = $6, legal_hold = $7,
              protected = $8, version = $9, updated_at = $10, archived_at = $11
        WHERE organization_id = $1 AND id = $2`,
      [
        ...[organizationId, id, name, descriptionSealed, status, retentionDays, legalHold],
        ...[row.protected, row.version, row.updatedAt, row.archivedAt],
      ],
    );
  }

  /** Counts what came or went. The version goes up too: whoever has read the project has read other numbers. */
  async adjustCounts(organizationId: string, id: string, change: CountChange, tx: Tx): Promise<void> {
    const { documents = 0, environments = 0, bytes = 0 } = change;
    await tx.query(
      `UPDATE projects
          SET document_count = document_count + $3, environment_count = environment_count + $4,
              size_bytes = size_bytes + $5, version = version + 1
        WHERE organization_id = $1 AND id = $2`,
      [organizationId, id, documents, environments, bytes],
    );
  }

  async delete(organizationId: string, id: string, tx: Tx): Promise<void> {
    await tx.query('DELETE FROM projects WHERE organization_id = $1 AND id = $2', [organizationId, id]);
  }
}
