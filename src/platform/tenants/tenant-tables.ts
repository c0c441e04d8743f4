import type { Tx } from '../database/unit-of-work.js';

const TABLES = `
  SELECT c.relname AS name FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organization_id' AND NOT a.attisdropped
   WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = current_schema()::regnamespace
   ORDER BY c.relname`;

const REFERENCES = `
  SELECT DISTINCT child.relname AS child, parent.relname AS parent FROM pg_constraint k
    JOIN pg_class child ON child.oid = k.conrelid
    JOIN pg_class parent ON parent.oid = k.confrelid
   WHERE k.contype = 'f' AND child.oid <> parent.oid AND k.connamespace = current_schema()::regnamespace`;

/** That rows of one table refer to rows of another. */
export interface TableReference {
  readonly child: string;
  readonly parent: string;
}

/**
 * Every table whose rows belong to organizations, as the database itself knows them, so that none is ever forgotten; those
 * that refer to others come before them.
 */
export async function tenantTables(db: Tx): Promise<string[]> {
  const tables: { name: string }[] = await db.query(TABLES);
  return childrenFirst(
    tables.map(({ name }) => name),
    await db.query(REFERENCES),
  );
}

/** Tables in an order in which they can be emptied. @throws Error when they refer to each other in a circle */
export function childrenFirst(tables: readonly string[], references: readonly TableReference[]): string[] {
  const ordered: string[] = [];
  for (let left = tables; left.length > 0; ) {
    const parents = new Set(
      references.filter(({ child }) => left.includes(child)).map(({ parent }) => parent),
    );
    const free = left.filter((name) => !parents.has(name));
    if (free.length === 0) throw new Error(`tables refer to each other in a circle: ${left.join(', ')}`);
    ordered.push(...free);
    left = left.filter((name) => parents.has(name));
  }
  return ordered;
}
