import { onSignals } from '../platform/supervisor/signals.js';
import type { RunningInstance } from './start.js';

/** Lines about the start itself go to standard error; standard output is for the banner and the log. */
export const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** Resolves at the first signal to stop. Asked for before a start, so that Ctrl-C during it leaves nothing behind. */
export const stopSignal = (): Promise<undefined> =>
  new Promise((resolve) => {
    onSignals(() => resolve(undefined));
  });

/** Keeps serving until a signal or a failure, then ends everything and the process. */
export async function serveUntilStopped(
  instance: RunningInstance,
  signalled: Promise<undefined>,
): Promise<never> {
  const failure = await Promise.race([signalled, instance.failed]);
  say(failure ? `${failure} Stopping.` : '\nStopping …');
  await instance.stop();
  process.exit(failure ? 1 : 0);
}
