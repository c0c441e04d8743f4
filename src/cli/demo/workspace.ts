import { chmodSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The first line of a file, undefined when it cannot be read. */
function firstLine(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').split('\n')[0]?.trim() || undefined;
  } catch {
    return undefined;
  }
}

/** An orderly stop has removed the pid file; a second Ctrl-C left the server running, on a folder that goes now. */
function endServer(folder: string): void {
  const pid = Number(firstLine(join(folder, 'postgres', 'postmaster.pid')));
  if (!Number.isInteger(pid) || pid <= 1) return;
  try {
    process.kill(pid, 'SIGQUIT');
  } catch {
    // It has ended.
  }
}

/** Removes the demo's folder, and the one the database was moved to when its account cannot reach this one. */
export function removeWorkspace(folder: string): void {
  const moved = firstLine(join(folder, 'postgres.location'));
  for (const place of [moved, folder]) {
    if (place === undefined) continue;
    endServer(place);
    rmSync(place, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  }
}

/**
 * Makes the demo's folder, and removes it when the process exits, whichever way that comes about. As root others may
 * pass through it: the database runs under another account.
 */
export function openWorkspace(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'redoubt-demo-')));
  process.once('exit', () => removeWorkspace(folder));
  if (process.getuid?.() === 0) chmodSync(folder, 0o711);
  return folder;
}

/** The environment of the demo: everything of its own in its folder, and nothing of a real deployment. */
export function demoEnvironment(env: NodeJS.ProcessEnv, folder: string): NodeJS.ProcessEnv {
  return {
    ...env,
    PORT: '0',
    REDOUBT_DATA_DIR: folder,
    REDOUBT_LOG_LEVEL: 'silent',
    REDOUBT_PUBLIC_URL: '',
    REDOUBT_MASTER_KEY: '',
    REDOUBT_ADMIN_KEY: '',
    DATABASE_URL: '',
    REDIS_URL: '',
    REDOUBT_METRICS_PORT: '',
    REDOUBT_NEXT_MASTER_KEY: '',
    // The demo takes two keys; making more would keep a processor busy while people look.
    REDOUBT_EPHEMERAL_POOL: '4',
    REDOUBT_PASSWORD_POLICY: '',
    REDOUBT_UPLOAD_LIMIT: '',
    REDOUBT_STORAGE_QUOTA: '',
    S3_ENDPOINT: '',
    S3_BUCKET: '',
  };
}
