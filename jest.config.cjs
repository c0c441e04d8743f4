// Jest has its own module system and cannot require() ES modules on Node 20, so under jest everything
// is CommonJS: swc compiles our TypeScript and every installed package that is ESM-only.
const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const lock = JSON.parse(readFileSync(join(__dirname, 'package-lock.json'), 'utf8'));

const esmPackages = Object.keys(lock.packages).filter((path) => {
  const manifest = join(__dirname, path, 'package.json');
  if (!path.startsWith('node_modules/') || !existsSync(manifest)) return false;
  return JSON.parse(readFileSync(manifest, 'utf8')).type === 'module';
});
const names = [...new Set(esmPackages.map((path) => path.split('node_modules/').pop()))]
  .map((name) => name.replaceAll(/[.+]/g, '\\$&'))
  .join('|');

const swcOptions = {
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    keepClassNames: true,
  },
  module: { type: 'commonjs' },
  sourceMaps: 'inline',
};

const shared = {
  testEnvironment: 'node',
  rootDir: __dirname,
  // What was compiled, and how long each file took, outlives the temporary files of a run.
  cacheDirectory: join(__dirname, 'node_modules', '.cache', 'jest'),
  transform: {
    // Nobody reads the stack traces of packages, and every test file loads a thousand of their files anew.
    '/node_modules/.+\\.m?js$': ['@swc/jest', { ...swcOptions, sourceMaps: false }],
    '^.+\\.m?[tj]s$': ['@swc/jest', swcOptions],
  },
  transformIgnorePatterns: [`/node_modules/(?!(?:.*/node_modules/)?(?:${names})/)`],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': ['$1.ts', '$1.js', '$1'] },
};

/** For tests that start databases. */
const withDatabases = {
  globalSetup: '<rootDir>/test/support/database-template.cjs',
  globalTeardown: '<rootDir>/test/support/remove-database-template.cjs',
};

module.exports = {
  // Starting a real Redoubt takes seconds, on a busy machine many.
  testTimeout: 90_000,
  testSequencer: '<rootDir>/test/support/longest-first.cjs',
  projects: [
    { ...shared, displayName: 'unit', testMatch: ['<rootDir>/src/**/*.spec.ts'] },
    { ...shared, displayName: 'rules', testMatch: ['<rootDir>/test/{architecture,contract}/**/*.spec.ts'] },
    {
      ...shared,
      ...withDatabases,
      displayName: 'integration',
      testMatch: ['<rootDir>/src/**/*.int-spec.ts'],
    },
    {
      ...shared,
      ...withDatabases,
      displayName: 'acceptance',
      testMatch: ['<rootDir>/test/acceptance/**/*.spec.ts'],
    },
  ],
};
