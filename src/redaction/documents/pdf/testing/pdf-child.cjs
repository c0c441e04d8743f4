// A process that redacts PDFs one after another, for tests.
require('../../../../platform/supervisor/testing/typescript-hook.cjs');
require('./pdf-child.ts');
