// An API process as `redoubt api` is one, which writes audit rows as BENCH_AUDIT says: `all` as always, `rows` without queueing them
// for the log, `none` not at all. That is no setting of Redoubt: this program, and none of dist, exchanges a statement on its way to
// the database.
import pg from 'pg';

const QUEUED = /queued AS \(INSERT INTO audit_pending .*?\)\n/s;
const WITHOUT = {
  all: (sql) => sql,
  rows: (sql) => sql.replace(QUEUED, 'queued AS (SELECT 1)\n'),
  // The one form in which nothing but rows is written; their parameter is read all the same.
  none: (sql) =>
    /^WITH\s+written AS/.test(sql) ? 'SELECT id FROM jsonb_to_recordset($1::jsonb) AS given (id text)' : sql,
};

const change = WITHOUT[process.env.BENCH_AUDIT];
const { query } = pg.Client.prototype;
const changed = (sql) => (sql.includes('INSERT INTO audit_logs') ? change(sql) : sql);

pg.Client.prototype.query = function (statement, ...rest) {
  if (typeof statement === 'string') return query.call(this, changed(statement), ...rest);
  if (typeof statement?.text === 'string') statement.text = changed(statement.text);
  return query.call(this, statement, ...rest);
};

const { serve } = await import('../dist/cli/serve.js');
await serve();
