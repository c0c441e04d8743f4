import { readdirSync, readFileSync } from 'node:fs';

/** Reads one process of /proc (proc_pid_stat(5)): the name may itself hold spaces and parentheses. */
function describe(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return { pid: Number(pid), alive: state !== 'Z' && state !== 'X', parent: Number(parent), command };
  } catch {
    return undefined;
  }
}

const everyProcess = () =>
  readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(describe)
    .filter((found) => found?.alive);

/** The process and all it started, and all those started; a pid whose parent ended is no longer found. */
export function familyOf(root) {
  const all = everyProcess();
  const family = new Set([root]);
  for (let size = 0; size < family.size; ) {
    size = family.size;
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid);
  }
  return [...family];
}

/** The child of a process that runs this script. @throws Error when there is not exactly one */
export function childRunning(parent, script) {
  const found = everyProcess().filter(
    (candidate) =>
      candidate.parent === parent && candidate.command.some((argument) => argument.endsWith(script)),
  );
  if (found.length !== 1) throw new Error(`${found.length} children of ${parent} run ${script}, not one`);
  return found[0].pid;
}

/** Sends SIGKILL to all at once; one that has just ended does not matter. */
export function killAll(pids) {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if (error.code !== 'ESRCH') throw error;
    }
  }
}
