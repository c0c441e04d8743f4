import { mkdirSync, mkdtempSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseMajor } from './binaries.js';
import { findNativePackage, nativePackage, replayLinks } from './native-package.js';

describe('parseMajor', () => {
  it.each([
    ['postgres (PostgreSQL) 18.4', 18],
    ['postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)', 15],
    ['postgres (PostgreSQL) 19devel', 19],
    ['psql (EnterpriseDB) 12', undefined],
    ['', undefined],
  ])('%j', (output, major) => {
    expect(parseMajor(output)).toBe(major);
  });
});

describe('the platform package', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'redoubt-package-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function install(folder: string, version: string): string {
    const native = join(folder, 'node_modules', nativePackage, 'native');
    mkdirSync(join(native, 'bin'), { recursive: true });
    mkdirSync(join(native, 'lib'));
    writeFileSync(join(native, '..', 'package.json'), JSON.stringify({ version }));
    return native;
  }

  it('is found from any folder below the install, the nearest first', () => {
    const outer = install(root, '1.0.0');
    const inner = install(join(root, 'node_modules/redoubt'), '2.0.0');
    mkdirSync(join(root, 'node_modules/redoubt/dist/platform'), { recursive: true });
    expect(findNativePackage([join(root, 'node_modules/redoubt/dist/platform')])).toEqual({
      folder: inner,
      version: '2.0.0',
    });
    expect(findNativePackage(['/nonexistent', join(root, 'somewhere/else')])).toEqual({
      folder: outer,
      version: '1.0.0',
    });
    expect(findNativePackage(['/nonexistent'])).toBeUndefined();
  });

  it('gets its links back, relative, once, and none outside itself', () => {
    const native = install(root, '1.0.0');
    writeFileSync(join(native, 'lib/libpq.so.5.18'), 'library');
    const links = [
      { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' },
      { source: 'native/lib/libpq.so.5.18', target: 'native/lib/plugins/libpq.so' },
      { source: 'native/lib/libpq.so.5.18', target: '../outside' },
    ];
    writeFileSync(join(native, 'pg-symlinks.json'), JSON.stringify(links));
    replayLinks(native);
    replayLinks(native);
    expect(readlinkSync(join(native, 'lib/libpq.so.5'))).toBe('libpq.so.5.18');
    expect(readlinkSync(join(native, 'lib/plugins/libpq.so'))).toBe('../libpq.so.5.18');
    expect(() => readlinkSync(join(native, '../../outside'))).toThrow('ENOENT');
  });
});
