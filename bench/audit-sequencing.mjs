import { randomBytes } from 'node:crypto';

const ROWS_A_STATEMENT = 50_000;

/** Rows of the size of real ones, waiting, spread over organizations in turn. */
const WRITE = `
  WITH written AS (
    INSERT INTO audit_logs (id, organization_id, actor_type, actor_id, user_id, action, target_type, target_id, request_id, counts,
                            sealed, created_at)
    SELECT 'audit_' || lpad((n + $4::int)::text, 26, '0'), ($1::text[])[1 + n % cardinality($1::text[])], 'api_key',
           'key_01k9zq3v8x6m2n4p5r7s9t0w1y', 'user_01k9zq3v8x6m2n4p5r7s9t0w1y', 'variable.created', 'variable',
           'var_01k9zq3v8x6m2n4p5r7s9t0w1y', 'req_' || lpad(n::text, 26, '0'), '{"version": 1}', $2::bytea, now()
      FROM generate_series(1, $3::int) AS n
    RETURNING organization_id, number)
  INSERT INTO audit_pending (organization_id, number) SELECT organization_id, number FROM written`;

/** Gives so many waiting rows of so many organizations their places; rows a second. */
async function measureOne({ dataSource, round, rows, organizations }) {
  const ids = Array.from({ length: organizations }, () => `org_${randomBytes(13).toString('hex')}`);
  await dataSource.query('INSERT INTO organizations (id, name) SELECT unnest($1::text[]), $2', [
    ids,
    'bench',
  ]);
  const [{ count }] = await dataSource.query('SELECT count(*)::int FROM audit_logs');
  for (let done = 0; done < rows; done += ROWS_A_STATEMENT) {
    const some = Math.min(ROWS_A_STATEMENT, rows - done);
    await dataSource.query(WRITE, [ids, randomBytes(160), some, count + done]);
  }
  const started = performance.now();
  let placed = 0;
  for (let some = 1; some > 0; placed += some) some = await round.run();
  return placed / ((performance.now() - started) / 1_000);
}

/** Rows a second that the leader gives their places: read, hashed, written with nodes and checkpoints, committed. */
export async function measureSequencing(url, cases) {
  const { createDataSource } = await import('../dist/platform/database/data-source.js');
  const { UnitOfWork } = await import('../dist/platform/database/unit-of-work.js');
  const { OwedHeadsRepository } = await import('../dist/audit/sequencing/owed-heads.repository.js');
  const { PendingRowsRepository } = await import('../dist/audit/sequencing/pending-rows.repository.js');
  const { Quarantine } = await import('../dist/audit/sequencing/quarantine.service.js');
  const { SequencingRound } = await import('../dist/audit/sequencing/sequencing-round.service.js');
  const { TreesRepository } = await import('../dist/audit/trees/trees.repository.js');
  const dataSource = await createDataSource(url, 2, []).initialize();
  try {
    await dataSource.runMigrations();
    const [pending, trees] = [new PendingRowsRepository(), new TreesRepository()];
    // Nothing is set apart here, so nobody has to be told, and nothing outside is looked at.
    const round = new SequencingRound(
      pending,
      new OwedHeadsRepository(),
      trees,
      new Quarantine(trees, pending),
      undefined,
      new UnitOfWork(dataSource),
    );
    await measureOne({ dataSource, round, rows: 10_000, organizations: 3 });
    const found = [];
    for (const each of cases)
      found.push({ ...each, perSecond: await measureOne({ dataSource, round, ...each }) });
    return found;
  } finally {
    await dataSource.destroy();
  }
}
