import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSettings } from '../../platform/config/settings.js';
import { demoEnvironment, removeWorkspace } from './workspace.js';

describe('demoEnvironment', () => {
  it("takes nothing that belongs to a real deployment, and keeps what is the terminal's", () => {
    const env = demoEnvironment(
      {
        PATH: '/bin',
        PORT: '8000',
        REDOUBT_DATA_DIR: '/srv/redoubt',
        REDOUBT_MASTER_KEY: 'ab'.repeat(32),
        REDOUBT_ADMIN_KEY: 'not even well formed',
        REDOUBT_PUBLIC_URL: 'https://redoubt.example.com',
        DATABASE_URL: 'postgres://somebody@db.example.com/redoubt',
        REDOUBT_COLOR: 'false',
      },
      '/tmp/demo',
    );
    const settings = loadSettings(env);
    expect(settings).toMatchObject({ PORT: 0, REDOUBT_DATA_DIR: '/tmp/demo', REDOUBT_COLOR: false });
    for (const name of [
      'DATABASE_URL',
      'REDOUBT_ADMIN_KEY',
      'REDOUBT_MASTER_KEY',
      'REDOUBT_PUBLIC_URL',
    ] as const) {
      expect(settings[name]).toBeUndefined();
    }
    expect(env.PATH).toBe('/bin');
  });
});

describe('removeWorkspace', () => {
  it('removes the folder, and the one the database was moved to', () => {
    const folder = mkdtempSync(join(tmpdir(), 'redoubt-workspace-'));
    const moved = mkdtempSync(join(tmpdir(), 'redoubt-moved-'));
    mkdirSync(join(moved, 'postgres'));
    writeFileSync(join(folder, 'postgres.location'), `${moved}\n`);
    removeWorkspace(folder);
    expect([existsSync(folder), existsSync(moved)]).toEqual([false, false]);
  });

  it('is content with a folder that is gone, and with a pid file of no process', () => {
    const folder = mkdtempSync(join(tmpdir(), 'redoubt-workspace-'));
    mkdirSync(join(folder, 'postgres'));
    writeFileSync(join(folder, 'postgres', 'postmaster.pid'), 'nonsense\n');
    removeWorkspace(folder);
    removeWorkspace(folder);
    expect(existsSync(folder)).toBe(false);
    rmSync(folder, { recursive: true, force: true });
  });
});
