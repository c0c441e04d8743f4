// Makes the data folder that databases of tests are copied from: a cluster with its password, migrated, the queue's
// tables included. Argument: the folder, which must be there.
require('../../supervisor/testing/typescript-hook.cjs');
const { startEmbeddedPostgres } = require('../../embedded-postgres/embedded-postgres.ts');
const { migrateQueue } = require('../../queue/bell-backend.ts');
const { createDataSource } = require('../data-source.ts');

async function main(dataDir) {
  const server = await startEmbeddedPostgres({ dataDir, say: () => {} });
  try {
    const dataSource = await createDataSource(server.url, 1, []).initialize();
    await dataSource.runMigrations().finally(() => dataSource.destroy());
    await migrateQueue(server.url);
  } finally {
    await server.stop();
  }
}

main(process.argv[2]).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
