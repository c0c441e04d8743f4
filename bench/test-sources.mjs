// What tests make their files with, for measurements: compiled from TypeScript, since the product is built without it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { transformSync } from '@swc/core';
import { ROOT } from './machine.mjs';

/**
 * Compiles files that import nothing but each other and Node, and loads them.
 * @param {string[]} paths relative to the repository
 * @returns their modules, in the same order
 */
export async function loadTestSources(paths) {
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-sources-'));
  try {
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    const files = paths.map((path) => {
      const { code } = transformSync(readFileSync(join(ROOT, path), 'utf8'), {
        jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
        module: { type: 'es6' },
      });
      const file = join(folder, `${basename(path, '.ts')}.js`);
      writeFileSync(file, code);
      return file;
    });
    return await Promise.all(files.map((file) => import(pathToFileURL(file).href)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
