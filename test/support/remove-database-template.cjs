const { rmSync } = require('node:fs');
const { basename, join } = require('node:path');

module.exports = function removeDatabaseTemplate() {
  const folder = process.env.REDOUBT_TEST_DATABASE;
  delete process.env.REDOUBT_TEST_DATABASE;
  if (!folder) return;
  rmSync(folder, { recursive: true, force: true });
  // Programs that tests of this run joined.
  rmSync(join(process.cwd(), 'node_modules', '.cache', basename(folder)), { recursive: true, force: true });
};
