import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

/** Where the embedded cluster of a data folder lies; a note says so when it had to be put elsewhere. */
function clusterOf(dataDir) {
  const note = join(dataDir, 'postgres.location');
  const folder = existsSync(note) ? readFileSync(note, 'utf8').trim() : dataDir;
  return join(folder, 'postgres');
}

/** Whether the process works in this folder, as every PostgreSQL process works in its cluster. */
function worksIn(pid, folder) {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === folder;
  } catch {
    return false;
  }
}

/** The pid of the data folder's database server while it lives (line 1 of postmaster.pid), checked by its folder. */
export function recordedPostmaster(dataDir) {
  const cluster = clusterOf(dataDir);
  const record = join(cluster, 'postmaster.pid');
  if (!existsSync(record)) return undefined;
  const pid = Number.parseInt(readFileSync(record, 'utf8'), 10);
  return worksIn(pid, realpathSync(cluster)) ? pid : undefined;
}

/** Whether any process of the data folder's database lives. */
export function liveServer(dataDir) {
  const cluster = clusterOf(dataDir);
  if (!existsSync(cluster)) return false;
  const folder = realpathSync(cluster);
  return readdirSync('/proc').some((entry) => /^\d+$/.test(entry) && worksIn(entry, folder));
}
