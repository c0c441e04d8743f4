import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedPostgresError } from './embedded-postgres.errors.js';
import { describeProcess, isServerProcess, serverProcesses } from './processes.js';

/** A running server, whoever started it. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** See `ProcessState.startedAt`: tells the server from a later process with its pid. */
  readonly startedAt: string;
}

/** What `postmaster.pid` says; the port is missing while the server is only just starting. */
export interface PostmasterRecord {
  readonly pid: number;
  readonly port: number | undefined;
}

const orphanPatienceMs = 30_000;
const portPatienceMs = 10_000;

/** No system gives out so high a pid, so signalling it finds no process. */
const deadPid = 2_147_483_646;

function recordFile(cluster: string): string {
  return join(cluster, 'postmaster.pid');
}

function parseNatural(line: string | undefined): number | undefined {
  const number = /^\d{1,10}$/.test(line ?? '') ? Number(line) : 0;
  return number > 0 ? number : undefined;
}

/** Reads the text of `postmaster.pid`: pid on line 1, port on line 4 (PostgreSQL, `miscadmin.h`, LOCK_FILE_LINE_*). */
export function parseRecord(text: string): PostmasterRecord | undefined {
  const lines = text.split('\n');
  const pid = parseNatural(lines[0]);
  return pid === undefined ? undefined : { pid, port: parseNatural(lines[3]) };
}

function readRecord(cluster: string): PostmasterRecord | undefined {
  try {
    return parseRecord(readFileSync(recordFile(cluster), 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * The live server of this cluster, once it has written down its port; undefined when there is none. A record whose
 * process ended, is a zombie (nobody collects them when Node is process 1) or is something else by now counts as none.
 * @param cluster the data directory, links resolved.
 */
export async function findPostmaster(cluster: string): Promise<Postmaster | undefined> {
  for (const since = Date.now(); ; await sleep(20)) {
    const record = readRecord(cluster);
    if (record === undefined || !isServerProcess(record.pid, cluster)) return undefined;
    const state = describeProcess(record.pid);
    if (state !== undefined && record.port !== undefined) {
      return { pid: record.pid, port: record.port, startedAt: state.startedAt };
    }
    if (Date.now() - since > portPatienceMs) {
      throw new EmbeddedPostgresError(
        `The PostgreSQL server ${record.pid} in ${cluster} hangs while starting. End it (kill -INT ${record.pid}), ` +
          'then start again.',
      );
    }
  }
}

export function isAlive(postmaster: Pick<Postmaster, 'pid' | 'startedAt'>): boolean {
  const state = describeProcess(postmaster.pid);
  return state !== undefined && !state.zombie && state.startedAt === postmaster.startedAt;
}

/** Waits for processes a killed server left behind; false when they turn out to be a server that is coming up. */
async function outlastOrphans(cluster: string): Promise<boolean> {
  for (const since = Date.now(); ; await sleep(50)) {
    const orphans = serverProcesses(cluster);
    if (orphans.length === 0) return true;
    if ((await findPostmaster(cluster)) !== undefined) return false;
    if (Date.now() - since > orphanPatienceMs) {
      throw new EmbeddedPostgresError(
        `Processes ${orphans.join(', ')} of an earlier PostgreSQL still use ${cluster}. End them (kill -QUIT), ` +
          'then start again.',
      );
    }
  }
}

/**
 * After `findPostmaster` found none: makes it safe to start a server. Two generations of processes writing one cluster
 * would ruin it, so those of a killed server must end first. Then, if the record's pid is taken by a zombie or a
 * stranger, which PostgreSQL would believe for ever, puts a pid in its place that no process has. The rest of the
 * record stays, so PostgreSQL still makes its own check that the old shared memory is out of use.
 * @returns false when a server has come up after all.
 * @throws EmbeddedPostgresError when processes stay.
 */
export async function clearStaleRecord(cluster: string): Promise<boolean> {
  if (!(await outlastOrphans(cluster))) return false;
  const file = recordFile(cluster);
  if (!existsSync(file)) return true;
  const text = readFileSync(file, 'utf8');
  const record = parseRecord(text);
  // PostgreSQL does not start over a record it cannot read, such as one cut short by a full disk.
  if (record === undefined) rmSync(file);
  else if (describeProcess(record.pid) !== undefined) {
    writeFileSync(file, text.replace(/^\d+/, String(deadPid)));
  }
  return true;
}
