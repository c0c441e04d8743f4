import { ENTITIES } from './entities.js';
import { MIGRATIONS } from './platform/database/data-source.js';
import { TestDatabase } from './platform/database/testing/test-database.js';

const SCHEMA = `
  SELECT table_name, column_name, data_type, is_nullable, column_default
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'schema_migrations'
   ORDER BY 1, 2`;
const INDEXES = `
  SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'schema_migrations' ORDER BY 1`;
const CONSTRAINTS = `
  SELECT conrelid::regclass::text AS table, pg_get_constraintdef(oid) AS definition
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> 'schema_migrations'
   ORDER BY 1, 2`;

/** They hold numbers of audit rows, which have the key: a second look at it would cost every write. */
const QUEUES_OF_ROWS = new Set(['audit_pending', 'audit_parked']);

describe('the migrations', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await TestDatabase.start(ENTITIES, false);
  });
  afterAll(() => database.stop());

  const schema = async () => ({
    columns: await database.dataSource.query(SCHEMA),
    indexes: await database.dataSource.query(INDEXES),
    constraints: await database.dataSource.query(CONSTRAINTS),
  });

  it('go up, down to nothing, and up again to the same schema', async () => {
    await database.dataSource.runMigrations();
    const first = await schema();
    expect(first.columns.length).toBeGreaterThan(50);
    for (const _ of MIGRATIONS) await database.dataSource.undoLastMigration();
    expect(await schema()).toEqual({ columns: [], indexes: [], constraints: [] });
    await database.dataSource.runMigrations();
    expect(await schema()).toEqual(first);
  });

  it('give every entity the columns it names, with their type and nullability', async () => {
    const { columns } = await schema();
    const actual = new Map(
      columns.map((column: Record<string, string>) => [`${column.table_name}.${column.column_name}`, column]),
    );
    for (const { tableName, columns: declared } of database.dataSource.entityMetadatas) {
      for (const { databaseName, isNullable } of declared) {
        const column = actual.get(`${tableName}.${databaseName}`);
        expect([tableName, databaseName, column]).toEqual([tableName, databaseName, expect.anything()]);
        expect([databaseName, column]).toEqual([
          databaseName,
          expect.objectContaining({ is_nullable: isNullable ? 'YES' : 'NO' }),
        ]);
      }
      const inTable = [...actual.keys()].filter((name) => String(name).startsWith(`${tableName}.`));
      expect([tableName, declared.length]).toEqual([tableName, inTable.length]);
    }
  });

  it('keep tenants apart by a foreign key in every table that has one', async () => {
    const { columns, constraints } = await schema();
    const tenanted = columns.filter(
      ({ column_name, table_name }: Record<string, string>) =>
        column_name === 'organization_id' && !QUEUES_OF_ROWS.has(String(table_name)),
    );
    for (const { table_name } of tenanted) {
      expect(constraints).toContainEqual({
        table: table_name,
        definition: expect.stringContaining('REFERENCES organizations(id)'),
      });
    }
  });
});
