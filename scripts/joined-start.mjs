// Copied into dist: loads joined programs from the code that V8 made of them when they were built, since compiling them anew
// costs each process of each start up to a second. V8 itself refuses what another version of it made, and then compiles.
// Run with a script and names of its programs, it makes that code.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { constants, Script } from 'node:vm';

const folder = dirname(fileURLToPath(import.meta.url));
const keptAs = (name) => join(folder, `${name}.v8`);

/** Joined programs as a script, and what it exports. */
function load(name, cachedData) {
  const filename = join(folder, `${name}.cjs`);
  // The bundler writes ASCII alone, which takes half the memory when it is read as such.
  const script = new Script(readFileSync(filename, 'latin1'), {
    filename,
    cachedData,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(filename), module, filename, folder);
  return { script, programs: module.exports };
}

/** A program of a script, ready to run. */
export const program = (script, name) =>
  load(script, existsSync(keptAs(name)) ? readFileSync(keptAs(name)) : undefined).programs[name];

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [name, ...names] = process.argv.slice(2);
  const { script, programs } = load(name);
  for (const each of names) {
    await programs[each].load();
    writeFileSync(keptAs(each), script.createCachedData());
  }
  process.exit();
}
