// npm run onnx-runtime — what runs models, for tests of accurate mode. Not among the development packages: it is 290 MB, of which
// a checkout that runs no such test has no use. Its own script, which downloads from elsewhere, is not run.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const VERSION = '1.30.0';

const folder = fileURLToPath(new URL('../node_modules/.cache/onnx-runtime', import.meta.url));

/** Whether it is there; tests ask for the same file. */
export const hasOnnxRuntime = () =>
  existsSync(join(folder, 'node_modules', 'onnxruntime-node', 'package.json'));

if (process.argv[1] === fileURLToPath(import.meta.url) && !hasOnnxRuntime()) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const options = ['--ignore-scripts', '--save-exact', '--no-audit', '--no-fund'];
  const { status } = spawnSync('npm', ['install', ...options, `onnxruntime-node@${VERSION}`], {
    cwd: folder,
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
}
