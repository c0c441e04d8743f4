import type { DataSource } from 'typeorm';
import { type TableReference, tenantTables } from '../tenant-tables.js';

interface Column extends Partial<TableReference> {
  readonly name: string;
  readonly type: string;
  readonly table: string;
}

/** Columns that have to be given, and those that refer to rows of other tables. */
const COLUMNS = `
  SELECT c.relname AS table, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, p.relname AS parent
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'f' AND k.conkey = ARRAY[a.attnum]
    LEFT JOIN pg_class p ON p.oid = k.confrelid
   WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attidentity = ''
     AND (p.oid IS NOT NULL OR (a.attnotnull AND NOT a.atthasdef))
   ORDER BY c.relname, a.attnum`;

const CHECKS = `
  SELECT conrelid::regclass AS table, conname AS name FROM pg_constraint
   WHERE contype = 'c' AND connamespace = 'public'::regnamespace`;

/** Makes a row in every table that has rows of organizations, whatever tables there are. */
export class RowMaker {
  private constructor(
    private readonly dataSource: DataSource,
    /** Those that others refer to come first. */
    readonly tables: readonly string[],
    private readonly columns: readonly Column[],
  ) {}

  /** Drops what rows are checked for, which says nothing about whose they are. */
  static async of(dataSource: DataSource): Promise<RowMaker> {
    for (const { table, name } of await dataSource.query(CHECKS))
      await dataSource.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
    const tables = (await tenantTables(dataSource.manager)).reverse();
    return new RowMaker(dataSource, tables, await dataSource.query(COLUMNS));
  }

  /** Rows `name` of an organization `name` in every table that is not left out. */
  async fill(name: string, leftOut: readonly string[] = []): Promise<void> {
    for (const table of this.tables) if (!leftOut.includes(table)) await this.insert(table, name);
  }

  /** How many rows an organization has in each table. */
  async count(organizationId: string): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const table of this.tables) {
      const sql = `SELECT count(*)::int AS n FROM ${table} WHERE organization_id = $1`;
      counts[table] = (await this.dataSource.query(sql, [organizationId]))[0].n;
    }
    return counts;
  }

  private async insert(table: string, name: string): Promise<void> {
    const own = this.columns.filter((column) => column.table === table);
    const values = own.map(({ name: column, type, parent }) => {
      if (parent === undefined || parent === null) return anyValue(column, type, name);
      // What everybody may refer to.
      return parent === 'master_keys' || parent === 'users' ? 'anyone' : name;
    });
    const names = own.map((column) => column.name).join(', ');
    const places = own.map((_, index) => `$${index + 1}`).join(', ');
    await this.dataSource.query(`INSERT INTO ${table} (${names}) VALUES (${places})`, values);
  }
}

function anyValue(column: string, type: string, name: string): unknown {
  if (type === 'bytea') return Buffer.from(`${column} ${name}`);
  if (type === 'jsonb') return '{}';
  if (type === 'text[]') return [];
  if (type.startsWith('timestamp')) return new Date();
  if (type === 'integer' || type === 'bigint') return 1;
  if (type === 'boolean') return false;
  return name;
}
