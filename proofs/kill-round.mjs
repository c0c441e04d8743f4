import { setTimeout as sleep } from 'node:timers/promises';
import { compare, readAuditRows } from './audit-rows.mjs';
import { killAll } from './processes.mjs';
import { TextLoad } from './text-load.mjs';

const CONNECTIONS = 8;
const FIRST_KILL_MS = 250;
const SPREAD_MS = 1_500;
/** Load goes on this long over a kill, so that answers given while all falls down count too. */
const AFTERMATH_MS = 300;
/** What is left must have ended by itself after this. */
const END_MS = 20_000;

/** A kill between two requests would prove nothing, so some must have been answered first. */
async function waitForAnswers(load) {
  for (const since = Date.now(); load.answered.size === 0; await sleep(10)) {
    if (Date.now() - since > END_MS) throw new Error('nothing was answered before the kill');
  }
}

/** @returns what is wrong with the way the instance ended, if anything */
async function watchEnd(server, { message }) {
  const end = await Promise.race([server.ended, sleep(END_MS, undefined, { ref: false })]);
  if (end === undefined) return `still running ${END_MS} ms after the kill`;
  if (message === undefined) return undefined;
  if (end.code !== 1) return `the supervisor ended with ${end.signal ?? `code ${end.code}`}, not code 1`;
  return server.output.includes(message) ? undefined : `the supervisor did not say "${message}"`;
}

async function strike(server, victim, load, random) {
  await waitForAnswers(load);
  await sleep(FIRST_KILL_MS + random.below(SPREAD_MS));
  killAll(victim.pids(server));
  const killed = performance.now();
  const fault = await watchEnd(server, victim);
  const endedMs = victim.message === undefined ? undefined : performance.now() - killed;
  await sleep(AFTERMATH_MS);
  await load.stop();
  return { fault, endedMs };
}

/** Starts as after any crash: at once, and by the same command. @returns the milliseconds, or why it did not */
async function restart(server) {
  try {
    return { restartMs: await server.start() };
  } catch (error) {
    return { fault: error.message };
  }
}

/**
 * One kill under load, one start, one look at the audit log.
 * @returns figures; `faults` lists what went wrong beside missing and wrong rows
 */
export async function killRound({ server, victim, random, name }) {
  const began = new Date();
  const load = new TextLoad({ url: server.url, key: server.key, name, connections: CONNECTIONS });
  const struck = await strike(server, victim, load, random).finally(() => load.stop());
  const started = await restart(server);
  const faults = [struck.fault, started.fault].filter((fault) => fault !== undefined);
  const seen = { victim: victim.name, load, endedMs: struck.endedMs, faults };
  if (started.restartMs === undefined) return seen;
  const rows = await readAuditRows(server, began);
  const strangers = rows.filter(({ user_agent: agent }) => !load.agents.has(agent)).length;
  if (strangers > 0) faults.push(`${strangers} rows of requests nobody sent`);
  return { ...seen, restartMs: started.restartMs, ...compare(load.answered, rows), rows: rows.length };
}
