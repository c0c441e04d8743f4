#!/usr/bin/env node
// Plain JavaScript that any Node can read: it must be able to say that Node is too old.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [major, minor] = process.versions.node.split('.').map(Number);
const supported = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 24;

if (!supported) {
  console.error(`Redoubt needs Node 20.19, 22.12, 24 or newer; this is Node ${process.versions.node}.`);
  console.error('Install a newer one (https://nodejs.org) and start again.');
  process.exit(1);
}

// Only a checkout can build; an image has no build script.
if (existsSync(join(root, 'scripts', 'build.mjs')) && existsSync(join(root, 'node_modules', 'typescript'))) {
  const build = spawnSync(process.execPath, [join(root, 'scripts', 'build.mjs'), '--if-stale'], {
    stdio: 'inherit',
  });
  if (build.status !== 0) process.exit(build.status ?? 1);
}

const entry = join(root, 'dist', 'cli.js');
if (!existsSync(entry)) {
  console.error('Redoubt is not built. Run "npm ci" with development dependencies, then start again.');
  process.exit(1);
}
await import(entry);
