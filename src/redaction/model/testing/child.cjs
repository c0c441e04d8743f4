// A model's process for tests, made of the sources.
require('../../../platform/supervisor/testing/typescript-hook.cjs');
require('../child.ts');
