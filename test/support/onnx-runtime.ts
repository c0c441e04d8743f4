import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where `npm run onnx-runtime` puts what runs models. */
export const onnxPackages = (): string =>
  join(process.cwd(), 'node_modules', '.cache', 'onnx-runtime', 'node_modules');

export const isOnnxRuntimeThere = (): boolean =>
  existsSync(join(onnxPackages(), 'onnxruntime-node', 'package.json'));

/** `describe` for tests that run models: without what runs them left out aloud, but failing with CI=true. */
export function describeWithOnnx(name: string, tests: () => void): void {
  if (isOnnxRuntimeThere() || process.env.CI === 'true') {
    describe(name, tests);
    return;
  }
  process.stderr.write(`LEFT OUT: ${name}. To run it: npm run onnx-runtime.\n`);
  // biome-ignore lint/suspicious/noSkippedTests: a machine without it says so; CI never gets here
  describe.skip(name, tests);
}
