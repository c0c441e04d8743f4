// Everything that can be known without running the product, fastest first; all of it runs, then the faults count.
// --static leaves out what `npm test` runs as well.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (name) => `node_modules/.bin/${name}`;

const RULES = 'rules and contract';

const STEPS = [
  ['format and lint', bin('biome'), ['check', '--error-on-warnings', '.']],
  ['types', bin('tsc'), ['--noEmit', '-p', 'tsconfig.json']],
  [
    'cycles and architecture',
    bin('depcruise'),
    ['src', 'test', 'bench', 'proofs', '--config', '.dependency-cruiser.cjs'],
  ],
  [
    'contract lint',
    bin('redocly'),
    [
      'lint',
      'openapi.yaml',
      ...['openai', 'safekeylab', 'platform', 'sero', 'keynest'].map(
        (name) => `src/dialects/${name}/openapi.yaml`,
      ),
    ],
  ],
  [RULES, bin('jest'), ['--selectProjects', 'rules']],
];

const steps = process.argv.includes('--static') ? STEPS.filter(([name]) => name !== RULES) : STEPS;

const failed = steps.filter(([name, command, args]) => {
  console.log(`\n— ${name}`);
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  return spawnSync(command, args, { cwd: root, stdio: 'inherit', env }).status !== 0;
});

if (failed.length > 0) {
  console.error(`\nFailed: ${failed.map(([name]) => name).join(', ')}`);
  process.exit(1);
}
console.log('\nAll checks passed.');
