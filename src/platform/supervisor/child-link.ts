import { ignoreBrokenOutput } from './signals.js';

/** What the supervisor and its children say to each other over Node's IPC channel. */
export const readyMessage = 'ready';
export const stopMessage = 'stop';

const defaultGraceMs = 15_000;

/** The supervisor made us leader of a process group: what we started goes too, ourselves included. */
function endAtOnce(): void {
  try {
    process.kill(-process.pid, 'SIGKILL');
  } catch {
    // No group of our own, or a system without groups.
  }
  process.exit(1);
}

/** Tells the supervisor that this process serves. Does nothing in a process that runs alone. */
export function reportReady(): void {
  if (process.connected) process.send?.(readyMessage);
}

/**
 * Ties this process to its supervisor: when the supervisor orders a stop, or is gone (killed included, since the
 * kernel then closes the channel), `onOrder` is called once and should wind the process down. A process still there
 * after the grace is ended, with all it started. Does nothing in a process that runs alone.
 */
export function linkToParent(onOrder: () => void, graceMs: number = defaultGraceMs): void {
  if (process.send === undefined) return;
  let ordered = false;
  const order = () => {
    if (ordered) return;
    ordered = true;
    ignoreBrokenOutput();
    setTimeout(endAtOnce, graceMs).unref();
    onOrder();
  };
  process.on('message', (message) => {
    if (message === stopMessage) order();
  });
  process.once('disconnect', order);
  // Listening would otherwise keep alive a process that has closed everything of its own.
  process.channel?.unref();
  if (!process.connected) order();
}
