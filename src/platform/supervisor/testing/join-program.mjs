// Joins a program of our TypeScript with the packages it needs, compiled by the same compiler and options as in jest. A
// process that tests start dozens of times would spend seconds of processor time each time on loading thousands of files.
// Arguments: the program's source, the folder to make it in.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { transform } from '@swc/core';
import { joinPrograms } from '../../../../scripts/join.mjs';

const { OPTIONS } = createRequire(import.meta.url)('./typescript-hook.cjs');
const [source, outdir] = process.argv.slice(2);

const compiler = {
  name: 'compiler',
  setup(bundle) {
    bundle.onLoad({ filter: /\.ts$/ }, async ({ path: filename }) => {
      const options = { ...OPTIONS, filename, module: { type: 'es6' } };
      const { code } = await transform(readFileSync(filename, 'utf8'), options);
      return { contents: code, loader: 'js' };
    });
  },
};

await joinPrograms(process.cwd(), { entryPoints: [source], outdir, plugins: [compiler] });
