import { readdirSync, readFileSync } from 'node:fs';

const LOOK_MS = 10;

/** Children of this process, by the kernel's own lists: one a thread that started some (Linux). */
function children(): number[] {
  return readdirSync('/proc/self/task').flatMap((thread) =>
    readOrEmpty(`/proc/self/task/${thread}/children`).split(' ').filter(Boolean).map(Number),
  );
}

/** A process may be gone between its number and its file. */
function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}

/** `VmHWM`: the most memory that a process ever had at once, in bytes; 0 when it is gone. */
const peakOf = (pid: number): number =>
  Number(/^VmHWM:\s+(\d+) kB$/m.exec(readOrEmpty(`/proc/${pid}/status`))?.[1] ?? 0) * 1024;

/** The most memory that any child of this process took while something was done, in bytes. */
export async function peakOfChildren<T>(work: () => Promise<T>): Promise<{ result: T; peak: number }> {
  let peak = 0;
  const look = () => {
    for (const child of children()) peak = Math.max(peak, peakOf(child));
  };
  const looking = setInterval(look, LOOK_MS);
  try {
    const result = await work();
    return { result, peak };
  } finally {
    clearInterval(looking);
  }
}
