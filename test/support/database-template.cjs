// Jest runs this once, before the tests that need databases: initdb and migrations cost seconds, a copy of what they
// make costs a fraction of one. Where tests find it stands in REDOUBT_TEST_DATABASE.
const { spawnSync } = require('node:child_process');
const { chmodSync, mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** What acceptance tests start is this checkout's sources, however jest was called. */
function build() {
  const { status } = spawnSync(process.execPath, [join(__dirname, '../../scripts/build.mjs'), '--if-stale'], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('what the tests start could not be built');
}

module.exports = function makeDatabaseTemplate(_, { displayName }) {
  if (displayName.name === 'acceptance') build();
  // Two projects need it.
  if (process.env.REDOUBT_TEST_DATABASE) return;
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-template-'));
  // As root the server runs under another account, which has to get through.
  chmodSync(folder, 0o711);
  const maker = join(__dirname, '../../src/platform/database/testing/make-template.cjs');
  const { status } = spawnSync(process.execPath, [maker, folder], { stdio: 'inherit' });
  if (status !== 0) throw new Error('the database that tests copy could not be made');
  process.env.REDOUBT_TEST_DATABASE = folder;
};
