import { spawnSync } from 'node:child_process';

/** Debian's own, since that is what its packages install into. */
const PYTHON = '/usr/bin/python3';

/** Runs a program with Debian's Python. @throws Error with what it wrote when it fails */
export function runPython(program: string, input: string): string {
  const { status, stdout, stderr } = spawnSync(PYTHON, ['-c', program], { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(`python3 failed: ${stderr}`);
  return stdout;
}

/** `describe` for tests that need a module of Python: without it they are left out aloud, but with CI=true they fail. */
export function describeWithPython(module: string, name: string, tests: () => void): void {
  if (spawnSync(PYTHON, ['-c', `import ${module}`]).status === 0 || process.env.CI === 'true') {
    describe(name, tests);
    return;
  }
  process.stderr.write(`LEFT OUT: ${name}. To run it: apt-get install python3-${module}.\n`);
  // biome-ignore lint/suspicious/noSkippedTests: a machine without the module says so; CI never gets here
  describe.skip(name, tests);
}
