import { spawnSync } from 'node:child_process';

/** Debian's own, since that is what its packages install into. */
export const PYTHON = '/usr/bin/python3';

/** Runs a program with Debian's Python. @throws Error with what it wrote when it fails */
export function runPython(program: string, input: string): string {
  const { status, stdout, stderr } = spawnSync(PYTHON, ['-c', program], { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(`python3 failed: ${stderr}`);
  return stdout;
}

/** `describe` for tests that need modules of Python: without them left out aloud, but failing with CI=true. */
export function describeWithPython(modules: readonly string[], name: string, tests: () => void): void {
  const { status } = spawnSync(PYTHON, ['-c', `import ${modules.join(', ')}`]);
  if (status === 0 || process.env.CI === 'true') {
    describe(name, tests);
    return;
  }
  const packages = modules.map((module) => `python3-${module}`).join(' ');
  process.stderr.write(`LEFT OUT: ${name}. To run it: apt-get install ${packages}.\n`);
  // biome-ignore lint/suspicious/noSkippedTests: a machine without the modules says so; CI never gets here
  describe.skip(name, tests);
}
