import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DocumentFailure } from '../dist/redaction/documents/document-failure.js';
import { DEFAULT_LOOK } from '../dist/redaction/documents/document-policy.js';
import { DocumentProcess } from '../dist/redaction/documents/process/document-process.js';
import { ROOT } from './machine.mjs';

const PROGRAM = join(ROOT, 'dist/redaction/documents/process/child.js');
/** Longer than it takes a process to load its engines. */
const SETTLE_MS = 1_500;
const LOOK_MS = 10;

const OPTIONS = { confidence_threshold: 0.85, custom_patterns: [], allow_list: [], deny_list: [] };
const policyOf = (strict) => ({
  searchTerms: [],
  regions: [],
  strict,
  look: DEFAULT_LOOK,
  placeholders: {},
});

function readOrEmpty(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

const childrenOf = (pid) =>
  readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readOrEmpty(`/proc/${pid}/task/${thread}/children`).split(' ').filter(Boolean).map(Number),
  );

/** A line of `/proc/<pid>/status` in bytes: `VmRSS` is what a process has, `VmHWM` the most it ever had; 0 when it is gone. */
const memoryOf = (pid, line) =>
  Number(new RegExp(`^${line}:\\s+(\\d+) kB$`, 'm').exec(readOrEmpty(`/proc/${pid}/status`))?.[1] ?? 0) *
  1024;

/** Where time goes: what passes before a step is said belongs to its stage. */
class Stages {
  seconds = {};
  #last = performance.now();

  hear({ stage }) {
    const now = performance.now();
    this.seconds[stage] = (this.seconds[stage] ?? 0) + (now - this.#last) / 1000;
    this.#last = now;
  }
}

/**
 * Redacts one document in a process of its own, as jobs do.
 * @returns seconds, memory in bytes (of the process before, and at its peak), seconds by stage, and the report or the
 *   code of the refusal
 */
export async function redactApart({ format, bytes, strict = false, timeoutSeconds = 120 }) {
  const others = new Set(childrenOf(process.pid));
  const child = new DocumentProcess(PROGRAM, format);
  await sleep(SETTLE_MS);
  const [pid] = childrenOf(process.pid).filter((one) => !others.has(one));
  const idle = memoryOf(pid, 'VmRSS');
  let peak = idle;
  const looking = setInterval(() => {
    peak = Math.max(peak, memoryOf(pid, 'VmHWM'));
  }, LOOK_MS);
  const stages = new Stages();
  const started = performance.now();
  const job = {
    format,
    name: `measured.${format}`,
    bytes,
    options: OPTIONS,
    policy: policyOf(strict),
    timeoutSeconds,
  };
  try {
    const { signal } = new AbortController();
    const hooks = { signal, progress: (step) => stages.hear(step) };
    const outcome = await child.ask({ kind: 'redact', job }, timeoutSeconds, hooks).then(
      ({ report }) => ({ report }),
      (error) => {
        if (error instanceof DocumentFailure) return { code: error.code };
        throw error;
      },
    );
    return { ...outcome, seconds: (performance.now() - started) / 1000, idle, peak, stages: stages.seconds };
  } finally {
    clearInterval(looking);
  }
}
