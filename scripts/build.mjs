// Compiles src to dist and joins its programs. With --if-stale, only when a source is newer than the last build; with
// --unchecked, types are not looked at, where `npm run check` does that.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = join(root, 'dist', '.built');

const newest = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((time, entry) => Math.max(time, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0);

const sources = () =>
  Math.max(
    newest(join(root, 'src')),
    ...['package.json', 'tsconfig.json', 'tsconfig.build.json'].map(
      (file) => statSync(join(root, file)).mtimeMs,
    ),
  );

const isFresh = () => existsSync(stamp) && statSync(stamp).mtimeMs >= sources();

if (!process.argv.includes('--if-stale') || !isFresh()) {
  if (process.argv.includes('--if-stale')) console.error('Building Redoubt (a few seconds, once) …');
  const started = new Date();
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const unchecked = process.argv.includes('--unchecked') ? ['--noCheck'] : [];
  const { status } = spawnSync(
    process.execPath,
    [compiler, '-p', join(root, 'tsconfig.build.json'), ...unchecked],
    { stdio: 'inherit' },
  );
  if (status !== 0) process.exit(status ?? 1);
  const { keepContracts } = await import('../dist/docs/contracts.js');
  keepContracts(root);
  const { joinBuild } = await import('./join.mjs');
  await joinBuild(root);
  writeFileSync(stamp, '');
  utimesSync(stamp, started, started);
}
