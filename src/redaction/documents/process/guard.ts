import { Worker } from 'node:worker_threads';

/** Most memory of a document's process, in bytes: what it holds of the document at once, and its programs. */
export const MOST_MEMORY = 640 * 1024 * 1024;

/**
 * Most work without a word, in milliseconds of processor time: a page or part that takes more is taken for an attack. Not by
 * the clock, since a busy machine would make attacks of all documents.
 */
export const MOST_SILENT_WORK_MS = 8_000;

/** Longest silence by the clock, in milliseconds: of a process that waits for what never comes. */
const LONGEST_SILENCE_MS = 90_000;

/** How often it is looked. */
const LOOK_MS = 50;

/**
 * What the guarding thread does. A text, since the sources are compiled to another module system in tests: so there is no
 * file to find. A thread, since the main one is in the middle of a page when it is stuck.
 */
const PROGRAM = `
  const { workerData } = require('node:worker_threads');
  const { beats, parent, mostMemory, mostSilentWorkMs, longestSilenceMs, lookMs } = workerData;
  const workMs = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  };
  let last = -1;
  let work = 0;
  let since = 0;
  setInterval(() => {
    const beat = Atomics.load(beats, 0);
    if (beat !== last) [last, work, since] = [beat, workMs(), performance.now()];
    const isSilent = workMs() - work > mostSilentWorkMs || performance.now() - since > longestSilenceMs;
    const isStuck = beat > 0 && isSilent;
    const isOrphan = process.ppid !== parent;
    if (isStuck || isOrphan || process.memoryUsage.rss() > mostMemory) process.kill(process.pid, 'SIGKILL');
  }, lookMs);
`;

/** Ends this process when it takes too much memory, is silent for too long, or has lost its parent. */
export function guardProcess(): { readonly begin: () => void; readonly beat: () => void } {
  const beats = new Int32Array(new SharedArrayBuffer(4));
  const workerData = {
    beats,
    parent: process.ppid,
    mostMemory: MOST_MEMORY,
    mostSilentWorkMs: MOST_SILENT_WORK_MS,
    longestSilenceMs: LONGEST_SILENCE_MS,
    lookMs: LOOK_MS,
  };
  new Worker(PROGRAM, { eval: true, workerData }).unref();
  const beat = (): void => void Atomics.add(beats, 0, 1);
  return { begin: beat, beat };
}
