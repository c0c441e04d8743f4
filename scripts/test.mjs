// All tests. What this machine lacks is left out aloud; with CI=true nothing may be left out.
import { spawnSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { setPriority } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hasOnnxRuntime } from './onnx-runtime.mjs';

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

/** The first folder on the way here that no other account may pass through. */
function closedFolder(folder) {
  if ((statSync(folder).mode & 0o001) === 0) return folder;
  return dirname(folder) === folder ? undefined : closedFolder(dirname(folder));
}

const closed = process.getuid?.() === 0 ? closedFolder(join(root)) : undefined;

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
  !pythonHas('requests, cryptography, dotenv') && [
    'clients and readers in Python',
    'install its libraries (Debian: apt-get install python3-requests python3-cryptography python3-dotenv)',
  ],
  !hasOnnxRuntime() && ['models of accurate mode', 'install what runs them (npm run onnx-runtime)'],
  !onPath('docker-compose') && [
    'docker-compose.yml as its reader understands it',
    'install docker-compose (Debian: apt-get install docker-compose)',
  ],
  process.getuid?.() !== 0 && [
    'starts by root and by other accounts',
    'run the tests as root, in a container perhaps',
  ],
  closed && [
    'starts by other accounts than root',
    `put the checkout where all may read it: nobody else gets through ${closed}`,
  ],
].filter(Boolean);

for (const [what, how] of LEFT_OUT) console.warn(`LEFT OUT: ${what}. To run it: ${how}.`);
if (process.env.CI === 'true' && LEFT_OUT.length > 0) {
  console.error('In CI nothing may be left out.');
  process.exit(1);
}

const MEMORY = '/dev/shm';
const ENOUGH_BYTES = 6 * 1024 ** 3;

/**
 * A folder for temporary files in memory, where there is plenty. Every test of a database copies a cluster, and of its two
 * thousand small files a disk's journal makes a second of processor time.
 */
function folderInMemory() {
  try {
    const mount = readFileSync('/proc/mounts', 'utf8')
      .split('\n')
      .find((line) => line.split(' ')[1] === MEMORY);
    const { bavail, bsize } = statfsSync(MEMORY);
    // Some tests run programs from there.
    if (!mount || /\bnoexec\b/.test(mount)) return undefined;
    if (Math.min(bavail * bsize, process.availableMemory()) < ENOUGH_BYTES) return undefined;
    const folder = mkdtempSync(join(MEMORY, 'redoubt-tests-'));
    chmodSync(folder, 0o1777);
    return folder;
  } catch {
    return undefined;
  }
}

/**
 * Not far above the lowest: keys for clients are made at that one, and beside tests at the usual one they would get no
 * processor for minutes. What else the machine does goes before.
 */
const POLITE = 15;
setPriority(POLITE);

const temporary = process.env.TMPDIR ? undefined : folderInMemory();

const run = (command, commandArgs) =>
  spawnSync(command, commandArgs, {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      ...(temporary && { TMPDIR: temporary }),
      ...(browser && { CHROMIUM_PATH: browser }),
      ...(closed && { REDOUBT_TEST_CLOSED: closed }),
    },
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
// Ctrl-C ends jest; what is left in memory is removed here.
process.on('SIGINT', () => {});
const status = run(process.execPath, [
  'node_modules/jest/bin/jest.js',
  '--maxWorkers=4',
  ...ignored,
  ...args,
]);
if (temporary) rmSync(temporary, { recursive: true, force: true });
process.exit(status);
