import { TestDatabase } from './testing/test-database.js';
import { afterCommit, UnitOfWork } from './unit-of-work.js';

let database: TestDatabase;
let unitOfWork: UnitOfWork;

const rows = async (): Promise<number> =>
  (await database.dataSource.query('SELECT count(*)::int AS total FROM things'))[0].total;

beforeAll(async () => {
  database = await TestDatabase.start([], false);
  unitOfWork = new UnitOfWork(database.dataSource);
  await database.dataSource.query('CREATE TABLE things (id int PRIMARY KEY)');
});
beforeEach(() => database.dataSource.query('TRUNCATE things'));
afterAll(() => database?.stop());

describe('what is to happen after a commit', () => {
  it('happens once the row is there for everybody, in the order it was asked for', async () => {
    const seen: Promise<number>[] = [];
    const order: string[] = [];
    const result = await unitOfWork.run(async (tx) => {
      afterCommit(tx, () => void seen.push(rows()));
      afterCommit(tx, () => void order.push('first'));
      await tx.query('INSERT INTO things VALUES (1)');
      afterCommit(tx, () => void order.push('second'));
      expect([seen.length, order.length]).toEqual([0, 0]);
      return 'done';
    });
    expect([result, await Promise.all(seen), order]).toEqual(['done', [1], ['first', 'second']]);
  });

  it('never happens when the transaction rolls back, by its own fault or at its commit', async () => {
    let happened = 0;
    const failed = unitOfWork.run(async (tx) => {
      afterCommit(tx, () => {
        happened += 1;
      });
      await tx.query('INSERT INTO things VALUES (2)');
      throw new Error('thrown inside');
    });
    await expect(failed).rejects.toThrow('thrown inside');
    await database.dataSource.query(
      'CREATE TABLE parts (id int REFERENCES things DEFERRABLE INITIALLY DEFERRED)',
    );
    const late = unitOfWork.run(async (tx) => {
      afterCommit(tx, () => {
        happened += 1;
      });
      await tx.query('INSERT INTO parts VALUES (99)');
    });
    await expect(late).rejects.toThrow('foreign key');
    expect([happened, await rows()]).toEqual([0, 0]);
    await database.dataSource.query('DROP TABLE parts');
  });
});
