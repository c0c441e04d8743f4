import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** What the operating system says about a process. */
export interface ProcessState {
  /** Name of the executable, without a path. */
  readonly name: string;
  /** It ended, and nobody has collected its exit status. */
  readonly zombie: boolean;
  /** Opaque: together with the pid it names one process for good, even when the pid is used again. */
  readonly startedAt: string;
}

/** Reads the text of `/proc/<pid>/stat` (proc_pid_stat(5)); the name may itself hold spaces and parentheses. */
export function parseStat(stat: string): ProcessState {
  const nameEnd = stat.lastIndexOf(')');
  const fields = stat.slice(nameEnd + 2).split(' ');
  return {
    name: stat.slice(stat.indexOf('(') + 1, nameEnd),
    zombie: fields[0] === 'Z' || fields[0] === 'X',
    startedAt: fields[19] ?? '',
  };
}

/** Reads one line of `ps -o stat=,lstart=,comm=`, where lstart is five words. */
export function parsePs(line: string): ProcessState | undefined {
  const words = line.trim().split(/\s+/);
  const state = words[0];
  if (state === undefined || words.length < 7) return undefined;
  const name = words.slice(6).join(' ').split('/').pop() ?? '';
  return { name, zombie: state.startsWith('Z'), startedAt: words.slice(1, 6).join(' ') };
}

function describeOnWindows(pid: number): ProcessState | undefined {
  const row = execFileSync('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH'], { encoding: 'utf8' });
  const name = /^"([^"]+)","(\d+)"/.exec(row.trim())?.[1];
  return name === undefined ? undefined : { name: name.replace(/\.exe$/i, ''), zombie: false, startedAt: '' };
}

/** The process with this pid, or undefined when there is none. */
export function describeProcess(pid: number): ProcessState | undefined {
  try {
    if (process.platform === 'linux') return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    if (process.platform === 'win32') return describeOnWindows(pid);
    return parsePs(
      execFileSync('ps', ['-o', 'stat=,lstart=,comm=', '-p', String(pid)], { encoding: 'utf8' }),
    );
  } catch {
    return undefined;
  }
}

function workingDirectory(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

/**
 * Whether the pid is a live PostgreSQL process of this cluster. Every PostgreSQL process has the cluster as its
 * working directory; only Linux shows that, elsewhere the name has to do.
 */
export function isServerProcess(pid: number, cluster: string): boolean {
  const state = describeProcess(pid);
  if (state === undefined || state.zombie || !state.name.startsWith('postgres')) return false;
  return process.platform !== 'linux' || workingDirectory(pid) === cluster;
}

/** Pids of all live PostgreSQL processes of the cluster; always empty where `/proc` does not tell. */
export function serverProcesses(cluster: string): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => isServerProcess(pid, cluster));
}
