// Lets a plain `node` process in a test require our TypeScript: the same compiler and options as jest uses.
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { tmpdir } = require('node:os');
const { join, relative } = require('node:path');
const { transformSync, version } = require('@swc/core');

const OPTIONS = {
  configFile: false,
  swcrc: false,
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    keepClassNames: true,
  },
  module: { type: 'commonjs' },
};

/** What was compiled before, by any process of this account: workers that tests kill are started dozens of times. */
const cache = join(tmpdir(), `redoubt-typescript-${process.getuid?.() ?? 'any'}`);
const compiler = JSON.stringify([version, OPTIONS]);

/** @returns the code that was made of this very source by this very compiler, if there is some */
function kept(file, source) {
  try {
    const found = JSON.parse(readFileSync(file, 'utf8'));
    return found.compiler === compiler && found.source === source ? found.code : undefined;
  } catch {
    return undefined;
  }
}

/** Whole or not at all: other processes read it at the same time. Where it cannot be kept, it is compiled again. */
function keep(file, source, code) {
  try {
    mkdirSync(cache, { recursive: true, mode: 0o700 });
    writeFileSync(`${file}.${process.pid}`, JSON.stringify({ compiler, source, code }));
    renameSync(`${file}.${process.pid}`, file);
  } catch {}
}

function compiled(filename) {
  const source = readFileSync(filename, 'utf8');
  const file = join(cache, `${encodeURIComponent(relative(process.cwd(), filename))}.json`);
  const known = kept(file, source);
  if (known !== undefined) return known;
  const { code } = transformSync(source, { filename, ...OPTIONS });
  keep(file, source, code);
  return code;
}

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function resolveTypeScript(request, parent, ...rest) {
  const fromSource = parent?.filename?.endsWith('.ts') && request.startsWith('.');
  return resolveFilename.call(this, fromSource ? request.replace(/\.js$/, '.ts') : request, parent, ...rest);
};

require.extensions['.ts'] = (module, filename) => {
  module._compile(compiled(filename), filename);
};

module.exports = { OPTIONS };
