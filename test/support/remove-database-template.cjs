const { rmSync } = require('node:fs');

module.exports = function removeDatabaseTemplate() {
  const folder = process.env.REDOUBT_TEST_DATABASE;
  delete process.env.REDOUBT_TEST_DATABASE;
  if (folder) rmSync(folder, { recursive: true, force: true });
};
