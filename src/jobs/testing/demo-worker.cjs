// A worker process of its own, for tests that kill it. Settings come by the environment.
require('../../platform/supervisor/testing/typescript-hook.cjs');
const { workDemo } = require('./demo-worker.ts');

workDemo().catch((error) => {
  console.error(error);
  process.exit(1);
});
