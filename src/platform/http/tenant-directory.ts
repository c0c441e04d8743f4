import type { Provider } from '@nestjs/common';
import { prepared } from '../database/prepared.js';
import type { Tx } from '../database/unit-of-work.js';
import type { IdPrefix } from './ids.js';

/** Whose something is. */
export interface Owned {
  readonly id: string;
  readonly organizationId: string;
  /** The project it belongs to, or is. */
  readonly projectId?: string | undefined;
}

/**
 * Says to which organization things of one kind belong. A module whose things are named in paths makes one a provider, so
 * that a request finds its tenant.
 */
export abstract class TenantDirectory {
  constructor(readonly prefix: IdPrefix) {}

  /** By id, or by the whole number that KeyNest's clients know it by. */
  abstract find(name: string | number, db: Tx): Promise<Owned | undefined>;

  /** The numbers of things by their ids; those that are gone, or of a kind without numbers, are left out. */
  numbersOf(_ids: readonly string[], _db: Tx): Promise<ReadonlyMap<string, number>> {
    return Promise.resolve(new Map());
  }
}

/** A directory of a table's rows: by `id`, and by `number` where `columns.numbered` says there is one. */
export class TableDirectory extends TenantDirectory {
  private readonly select: string;

  constructor(
    prefix: IdPrefix,
    private readonly table: string,
    private readonly columns: {
      readonly organization?: string;
      readonly project?: string;
      readonly numbered?: boolean;
    } = {},
  ) {
    super(prefix);
    const { organization = 'organization_id', project = 'NULL' } = columns;
    this.select = `SELECT id, ${organization} AS "organizationId", ${project} AS "projectId" FROM ${table}`;
  }

  async find(name: string | number, db: Tx): Promise<Owned | undefined> {
    const byNumber = typeof name === 'number';
    if (byNumber && !this.columns.numbered) return undefined;
    const [row] = await db.query(prepared(`${this.select} WHERE ${byNumber ? 'number' : 'id'} = $1`), [name]);
    return row && { ...row, projectId: row.projectId ?? undefined };
  }

  override async numbersOf(ids: readonly string[], db: Tx): Promise<ReadonlyMap<string, number>> {
    if (!this.columns.numbered) return new Map();
    const sql = `SELECT id, number::float8 AS number FROM ${this.table} WHERE id = ANY($1)`;
    const rows: { id: string; number: number }[] = await db.query(sql, [ids]);
    return new Map(rows.map(({ id, number }) => [id, number]));
  }
}

/** A module's provider that says whose its table's rows are. */
export const tenantDirectory = (...table: ConstructorParameters<typeof TableDirectory>): Provider => ({
  provide: `directory of ${table[1]}`,
  useValue: new TableDirectory(...table),
});
