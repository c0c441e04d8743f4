import { readFileSync } from 'node:fs';
import { ACCOUNTS_ERRORS } from '../../src/accounts/accounts.errors.js';
import { USERS_ERRORS } from '../../src/accounts/users/users.errors.js';
import { AUDIT_ERRORS } from '../../src/audit/index.js';
import { AUTH_ERRORS } from '../../src/auth/index.js';
import { CHATS_ERRORS, TOOLS_ERRORS } from '../../src/chats/index.js';
import { CRYPTO_ERRORS } from '../../src/crypto/index.js';
import { FILES_ERRORS } from '../../src/files/index.js';
import { JOBS_ERRORS } from '../../src/jobs/index.js';
import { KNOWLEDGE_ERRORS } from '../../src/knowledge/index.js';
import { ORGANIZATIONS_ERRORS } from '../../src/organizations/index.js';
import { VERSION } from '../../src/platform/config/product.js';
import { describeSettings } from '../../src/platform/config/settings.js';
import { PLATFORM_ERRORS } from '../../src/platform/errors/error-registry.js';
import { STORAGE_ERRORS } from '../../src/platform/storage/storage.errors.js';
import { PROJECTS_ERRORS } from '../../src/projects/index.js';
import { REDACTION_ERRORS } from '../../src/redaction/index.js';
import { SECRETS_ERRORS } from '../../src/secrets/index.js';
import { WEBHOOKS_ERRORS } from '../../src/webhooks/index.js';
import { readSources } from '../support/sources.js';

const written = readSources(['src', 'test']);
const product = readSources(['src']).filter(({ path }) => !/spec\.ts$|\/testing\//.test(path));

describe('the sources', () => {
  it('stay small: at most 400 lines a file, and a median near 80', () => {
    expect(written.filter(({ lines }) => lines > 400).map(({ path }) => path)).toEqual([]);
    const sorted = product.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(90);
  });

  it('give every constructor at most six dependencies', () => {
    const crowded = product.filter(({ text }) =>
      [...text.matchAll(/constructor\(([^)]*(?:\([^)]*\)[^)]*)*)\) \{/g)].some(
        ([, parameters = '']) => (parameters.match(/private readonly|readonly /g) ?? []).length > 6,
      ),
    );
    expect(crowded.map(({ path }) => path)).toEqual([]);
  });

  it('have no barrel but a module door, with at most fifteen exports', () => {
    for (const { path, text } of product.filter(({ path }) => path.endsWith('/index.ts'))) {
      expect([path, /^src\/\w+\/index\.ts$/.test(path)]).toEqual([path, true]);
      const names = [...text.matchAll(/export (?:type )?\{([^}]*)\}/g)].flatMap(([, list = '']) =>
        list.split(',').filter((name) => name.trim() !== ''),
      );
      expect([path, names.length <= 15]).toEqual([path, true]);
    }
  });

  it('read the environment at the entry points alone', () => {
    const readers = product.filter(({ text }) => text.includes('process.env')).map(({ path }) => path);
    const allowed =
      /^src\/cli\/|^src\/platform\/embedded-postgres\/(?:binaries|cluster|embedded-postgres)\.ts$/;
    expect(readers.filter((path) => !allowed.test(path))).toEqual([]);
  });

  it('explain every suppression of a rule', () => {
    const silent = product.filter(({ text }) =>
      /biome-ignore [\w/]+(?::\s*)?$|@ts-ignore|@ts-nocheck|@ts-expect-error\s*$/m.test(text),
    );
    expect(silent.map(({ path }) => path)).toEqual([]);
  });
});

describe('the error registry', () => {
  it('has every code once, in upper snake case', () => {
    const codes = [
      ACCOUNTS_ERRORS,
      USERS_ERRORS,
      ORGANIZATIONS_ERRORS,
      PLATFORM_ERRORS,
      AUDIT_ERRORS,
      AUTH_ERRORS,
      CHATS_ERRORS,
      CRYPTO_ERRORS,
      FILES_ERRORS,
      JOBS_ERRORS,
      PROJECTS_ERRORS,
      REDACTION_ERRORS,
      SECRETS_ERRORS,
      KNOWLEDGE_ERRORS,
      STORAGE_ERRORS,
      TOOLS_ERRORS,
      WEBHOOKS_ERRORS,
    ].flatMap((slice) => Object.keys(slice));
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
    for (const code of codes) expect(code).toMatch(/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/);
  });
});

describe('the documentation', () => {
  const readme = readFileSync('README.md', 'utf8');
  const architecture = readFileSync('ARCHITECTURE.md', 'utf8');

  it('names the version of package.json', () => {
    expect(VERSION).toBe(JSON.parse(readFileSync('package.json', 'utf8')).version);
    expect(readFileSync('openapi.yaml', 'utf8')).toContain(`\n  version: ${VERSION}\n`);
  });

  it('describes every setting', () => {
    for (const { name } of describeSettings())
      expect([name, readme.includes(`\`${name}\``)]).toEqual([name, true]);
  });

  it('shows every folder of src in the annotated tree, and none that is not there', () => {
    const folders = new Set(
      product.map(({ path }) => path.split('/')[1]).filter((name) => name && !name.endsWith('.ts')),
    );
    const tree = architecture.slice(architecture.indexOf('\nsrc/'), architecture.indexOf('\ntest/'));
    const shown = [...tree.matchAll(/^ {2}(\w[\w-]*)\/ /gm)].map(([, name]) => name);
    expect([...folders].sort()).toEqual(shown.filter((name) => folders.has(name ?? '')).sort());
    expect(shown.filter((name) => !folders.has(name ?? ''))).toEqual([]);
  });

  it('has only commands that exist', () => {
    const scripts = Object.keys(JSON.parse(readFileSync('package.json', 'utf8')).scripts);
    const named = [
      ...`${readme}${readFileSync('CONTRIBUTING.md', 'utf8')}`.matchAll(/npm run ([\w:-]+)/g),
    ].map(([, name]) => name);
    expect(named.length).toBeGreaterThan(2);
    for (const name of named) expect(scripts).toContain(name);
  });
});
