/** One Ctrl-C under `npm start` comes twice, from the terminal and passed on by npm, a few milliseconds apart. */
const echoMs = 400;

const interruptedCode = 130;

/** While winding down: a line to a terminal or pipe that is gone must not cut the orderly stop short. */
export function ignoreBrokenOutput(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}

export interface SignalWatch {
  /** Gives the signals back to Node's defaults. */
  dispose(): void;
}

/**
 * Calls `handler` once, at the first SIGINT, SIGTERM or SIGHUP; it should wind the process down. A second Ctrl-C, by
 * a person who will not wait, exits at once with code 130 (128 + SIGINT); exit listeners then end the children.
 */
export function onSignals(handler: (signal: NodeJS.Signals) => void): SignalWatch {
  let stopping = false;
  let interruptedAt: number | undefined;
  const listen = (signal: NodeJS.Signals) => {
    if (signal === 'SIGINT') {
      const now = performance.now();
      if (interruptedAt !== undefined && now - interruptedAt > echoMs) process.exit(interruptedCode);
      interruptedAt ??= now;
    }
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
    if (stopping) return;
    stopping = true;
    ignoreBrokenOutput();
    handler(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, listen);
  return {
    dispose() {
      for (const signal of signals) process.off(signal, listen);
    },
  };
}
