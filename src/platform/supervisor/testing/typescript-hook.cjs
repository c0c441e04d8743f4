// Lets a plain `node` process in a test require our TypeScript: the same compiler and options as jest uses.
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
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

function compiled(filename) {
  const source = readFileSync(filename, 'utf8');
  const hash = createHash('sha256')
    .update(JSON.stringify([version, OPTIONS, filename, source]))
    .digest('hex');
  const kept = join(cache, `${hash}.js`);
  try {
    return readFileSync(kept, 'utf8');
  } catch {
    const { code } = transformSync(source, { filename, ...OPTIONS });
    keep(kept, code);
    return code;
  }
}

/** Whole or not at all: other processes read it at the same time. Where it cannot be kept, it is compiled again. */
function keep(file, code) {
  try {
    mkdirSync(cache, { recursive: true, mode: 0o700 });
    writeFileSync(`${file}.${process.pid}`, code);
    renameSync(`${file}.${process.pid}`, file);
  } catch {}
}

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function resolveTypeScript(request, parent, ...rest) {
  const fromSource = parent?.filename?.endsWith('.ts') && request.startsWith('.');
  return resolveFilename.call(this, fromSource ? request.replace(/\.js$/, '.ts') : request, parent, ...rest);
};

require.extensions['.ts'] = (module, filename) => {
  module._compile(compiled(filename), filename);
};
