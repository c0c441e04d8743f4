// A searching thread for tests, made of the sources.
require('../../../platform/supervisor/testing/typescript-hook.cjs');
require('../worker.ts');
