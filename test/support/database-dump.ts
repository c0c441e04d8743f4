import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

/** Everything one column holds, its rows in any order. */
export interface ColumnDump {
  /** `schema.table.column` */
  readonly name: string;
  readonly type: string;
  readonly content: Buffer;
}

/** How to reach the embedded server of a data folder. */
export function embeddedUrl(dataDir: string): string {
  const [, , , port] = readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
  const password = readFileSync(join(dataDir, 'pg.secret'), 'utf8').trim();
  return `postgres://redoubt:${encodeURIComponent(password)}@127.0.0.1:${port}/redoubt`;
}

const COLUMNS = `
  SELECT table_schema AS schema, table_name AS table, column_name AS column, data_type AS type
    FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
   WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE'
   ORDER BY 1, 2, 3`;

/**
 * Every column of every table that is not PostgreSQL's own: bytes as they are, all else as text. Has the server gather its
 * statistics first, so that they are in its files.
 */
export async function dumpDatabase(url: string): Promise<ColumnDump[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query(COLUMNS);
    // Statistics are copies of values, made by chance in a short test.
    await client.query('ANALYZE');
    const dumps: ColumnDump[] = [];
    for (const { schema, table, column, type } of rows) {
      const value = type === 'bytea' ? `"${column}"` : `convert_to("${column}"::text, 'UTF8')`;
      const found = await client.query(`SELECT ${value} AS value FROM "${schema}"."${table}"`);
      const values = found.rows.flatMap((row) => (row.value === null ? [] : [row.value as Buffer, LINE]));
      dumps.push({ name: `${schema}.${table}.${column}`, type, content: Buffer.concat(values) });
    }
    return dumps;
  } finally {
    await client.end();
  }
}

const FILES = `
  SELECT pg_relation_filepath(c.oid) AS path
    FROM pg_class c LEFT JOIN pg_index i ON i.indexrelid = c.oid
    JOIN pg_class t ON t.oid = coalesce(i.indrelid, c.oid) OR t.reltoastrelid = coalesce(i.indrelid, c.oid)
   WHERE t.relname = ANY($1) AND c.relkind IN ('r', 'i', 't')`;

/** The files of some tables and their indexes, relative to the server's folder. */
export async function filesOfTables(url: string, tables: readonly string[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query(FILES, [tables]);
    return rows.map(({ path }) => path);
  } finally {
    await client.end();
  }
}

const LINE = Buffer.from('\n');
