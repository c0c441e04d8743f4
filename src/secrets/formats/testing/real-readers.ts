import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'dotenv';

/** What a program makes of files: for each its variables by name; a name that it does not know is absent. */
export type Reader = (files: readonly string[]) => Map<string, string>[];

const MOST_OUTPUT = 256 * 1024 * 1024;

function run(command: string, args: readonly string[], cwd: string): string {
  // Nothing of this process' environment, so that an expansion shows.
  const env = { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8' };
  const { status, stdout, stderr } = spawnSync(command, args, {
    env,
    cwd,
    encoding: 'utf8',
    maxBuffer: MOST_OUTPUT,
  });
  if (status !== 0) throw new Error(`${command} failed: ${stderr}`);
  return stdout;
}

/** Runs work with the texts as files of a folder, which is where it may do harm too, and is removed afterwards. */
function withFiles<T>(
  texts: readonly string[],
  work: (paths: string[], folder: string) => T,
  mayAct = false,
): T {
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-readers-'));
  try {
    const paths = texts.map((_, index) => join(folder, `${index}.env`));
    for (const [index, path] of paths.entries()) writeFileSync(path, texts[index] ?? '');
    const read = work(paths, folder);
    const made = readdirSync(folder).filter((name) => !paths.includes(join(folder, name)));
    if (made.length > 0 && !mayAct)
      throw new Error(`a reader did more than reading: it made ${JSON.stringify(made)}`);
    return read;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const byNpm =
  (fast: boolean): Reader =>
  (files) =>
    files.map((text) => new Map(Object.entries(parse(text, { fast }))));

const PYTHON = `
import dotenv, json, logging, sys
logging.disable(logging.CRITICAL)
print(json.dumps([dotenv.dotenv_values(path) for path in sys.argv[1:]]))
`;

const byPython: Reader = (files) =>
  withFiles(files, (paths, folder) => {
    const read: unknown = JSON.parse(run('/usr/bin/python3', ['-c', PYTHON, ...paths], folder));
    if (!Array.isArray(read)) throw new Error('python-dotenv gave no list');
    return read.map((values: Record<string, string | null>) => {
      const entries = Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== null);
      return new Map(entries);
    });
  });

/** Has no equals sign, so it is no variable. */
const END_OF_FILE = 'end of file';

function* environmentsIn(output: string): Generator<Map<string, string>> {
  let variables = new Map<string, string>();
  for (const entry of output.split('\0')) {
    const sign = entry.indexOf('=');
    if (sign >= 0) variables.set(entry.slice(0, sign), entry.slice(sign + 1));
    else if (entry === END_OF_FILE) {
      yield variables;
      variables = new Map();
    }
  }
}

/** Each file in a process of its own, as people do it, with the variables as a child of the shell sees them. */
const byShell =
  (shell: readonly [string, ...string[]], before: string, mayAct = false): Reader =>
  (files) =>
    withFiles(
      files,
      (paths, folder) => {
        const one = `(${before} . "$file" >/dev/null 2>&1; exec /usr/bin/env -0); printf '${END_OF_FILE}\\0'`;
        const [command, ...options] = shell;
        const args = [...options, '-c', `for file in "$@"; do ${one}; done`, command, ...paths];
        return [...environmentsIn(run(command, args, folder))];
      },
      mayAct,
    );

export const DOTENV_READERS: Record<string, Reader> = {
  'npm dotenv': byNpm(false),
  'npm dotenv, fast': byNpm(true),
  'python-dotenv': byPython,
  'bash, set -a': byShell(['bash', '--norc'], 'set -a;'),
};

/** The same for texts that nobody has called harmless: a shell may do with them what it likes, in a folder of its own. */
export const TRYING_READERS: Record<string, Reader> = {
  ...DOTENV_READERS,
  'bash, set -a': byShell(['bash', '--norc'], 'set -a;', true),
};

export const SHELL_READERS: Record<string, Reader> = {
  sh: byShell(['sh'], ''),
  bash: byShell(['bash', '--norc'], ''),
};

/** Exports also what is only assigned. */
export const LITERAL_SHELL: Reader = byShell(['bash', '--norc'], 'set -a;');
