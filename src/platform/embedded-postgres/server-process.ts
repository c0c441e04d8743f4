import { type ChildProcess, spawn } from 'node:child_process';
import {
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { spawnIdentity } from './account.js';
import { type Binaries, program } from './binaries.js';
import { serverEnvironment } from './cluster.js';
import type { DataHome } from './data-home.js';

const keepLogBytes = 8 * 1024 * 1024;

/**
 * Settings of the private server. Only what says that the server itself is unwell goes to the log: the text and
 * detail of a failed statement may hold personal data, and the client gets them anyway.
 */
function settings(port: number): Record<string, string> {
  return {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '60',
    shared_buffers: '64MB',
    dynamic_shared_memory_type: process.platform === 'win32' ? 'windows' : 'mmap',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
  };
}

/** A port nobody listens on right now; somebody else may take it before the server does. */
export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => done(port));
    });
  });
}

/** Opens the log for appending, one older log kept. A symbolic link in its place is refused: we may be root. */
function openLog(home: DataHome): number {
  const stat = statSync(home.logFile, { throwIfNoEntry: false });
  if (stat !== undefined && stat.size > keepLogBytes) renameSync(home.logFile, `${home.logFile}.1`);
  const noFollow = process.platform === 'win32' ? 0 : constants.O_NOFOLLOW;
  const log = openSync(
    home.logFile,
    constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | noFollow,
    0o600,
  );
  fchmodSync(log, 0o600);
  if (home.account !== undefined) fchownSync(log, home.account.uid, home.account.gid);
  return log;
}

/** Where the log ends now, to tell this start's lines from earlier ones. */
export function logLength(home: DataHome): number {
  return statSync(home.logFile, { throwIfNoEntry: false })?.size ?? 0;
}

/** What the server wrote since. A log put aside in between counts as all new. */
export function logSince(home: DataHome, offset: number): string {
  const log = readFileSync(home.logFile);
  return log.subarray(log.length < offset ? 0 : offset).toString('utf8');
}

/**
 * Starts the server in a session of its own, so that Ctrl-C in our terminal does not reach it before the application
 * has drained. The child does not keep this process alive.
 */
export function spawnServer(home: DataHome, binaries: Binaries, port: number): ChildProcess {
  const args = Object.entries(settings(port)).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = openLog(home);
  try {
    const child = spawn(program(binaries, 'postgres'), ['-D', home.cluster, ...args], {
      cwd: home.cluster,
      env: serverEnvironment(),
      detached: true,
      stdio: ['ignore', log, log],
      ...spawnIdentity(home.account),
    });
    // A failed spawn also shows as a missing pid, which the caller looks at.
    child.on('error', () => {});
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
}
