// All tests. What this machine lacks is left out aloud; with CI=true nothing may be left out.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const args = process.argv.slice(2);

const onPath = (name) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

/** Debian's own Python: what pip installs for another one does not count. */
const pythonHas = (modules) => spawnSync('/usr/bin/python3', ['-c', `import ${modules}`]).status === 0;

const browser = process.env.CHROMIUM_PATH ?? ['chromium', 'chromium-browser', 'google-chrome'].find(onPath);

const LEFT_OUT = [
  !browser && [
    'the documentation page in a browser',
    'install Chromium (Debian: apt-get install chromium) or set CHROMIUM_PATH',
  ],
  !onPath('redis-server') && [
    'everything over Redis',
    'install redis-server (Debian: apt-get install redis-server)',
  ],
  !onPath('versitygw') && [
    'files in S3',
    'install versitygw (go install github.com/versity/versitygw/cmd/versitygw@v1.8.0)',
  ],
  !['qpdf', 'pdftotext', 'mutool', 'tesseract'].every(onPath) && [
    'redacted PDFs as other programs see them',
    'install these (Debian: apt-get install qpdf poppler-utils mupdf-tools tesseract-ocr)',
  ],
  !pythonHas('requests, cryptography') && [
    'clients in Python',
    'install its libraries (Debian: apt-get install python3-requests python3-cryptography)',
  ],
  !onPath('docker-compose') && [
    'docker-compose.yml as its reader understands it',
    'install docker-compose (Debian: apt-get install docker-compose)',
  ],
  process.getuid?.() !== 0 && [
    'starts by root and by other accounts',
    'run the tests as root, in a container perhaps',
  ],
].filter(Boolean);

for (const [what, how] of LEFT_OUT) console.warn(`LEFT OUT: ${what}. To run it: ${how}.`);
if (process.env.CI === 'true' && LEFT_OUT.length > 0) {
  console.error('In CI nothing may be left out.');
  process.exit(1);
}

const run = (command, commandArgs) =>
  spawnSync(command, commandArgs, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...(browser && { CHROMIUM_PATH: browser }) },
  }).status ?? 1;

/** Specs of src that start a Redis; those of test/ leave out by themselves what they cannot do. */
function redisSpecs() {
  const specs = readdirSync(join(root, 'src'), { recursive: true }).filter((path) =>
    path.endsWith('spec.ts'),
  );
  return specs.filter((path) => /TestRedis|redisKind/.test(readFileSync(join(root, 'src', path), 'utf8')));
}

const ignored = onPath('redis-server')
  ? []
  : redisSpecs().flatMap((path) => ['--testPathIgnorePatterns', path]);

const build = run(process.execPath, ['scripts/build.mjs', '--if-stale']);
if (build !== 0) process.exit(build);
process.exit(run(process.execPath, ['node_modules/jest/bin/jest.js', '--maxWorkers=2', ...ignored, ...args]));
