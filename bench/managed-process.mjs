import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';

/** One process that is started, killed and started again with the same command, writing to one log. */
export class ManagedProcess {
  #command;
  #options;
  #child;
  #ended = Promise.resolve();
  #toldToEnd = false;

  /** @param options `{args, env, log, isReady}`; `isReady` resolves with true once the process serves */
  constructor(command, options) {
    this.#command = command;
    this.#options = options;
  }

  get isRunning() {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Whether it was started and has ended although nobody told it to. */
  get isLost() {
    return this.#child !== undefined && !this.isRunning && !this.#toldToEnd;
  }

  get pid() {
    return this.#child?.pid;
  }

  /** Starts and waits until it serves. @throws Error with the end of its log when it ends instead */
  async start() {
    const { args, env, log, isReady } = this.#options;
    const file = openSync(log, 'a');
    this.#toldToEnd = false;
    this.#child = spawn(this.#command, args, { env, stdio: ['ignore', file, file] });
    closeSync(file);
    this.#ended = once(this.#child, 'close');
    while (!(await isReady())) {
      if (!this.isRunning)
        throw new Error(`${args.join(' ')} ended:\n${readFileSync(log, 'utf8').slice(-2000)}`);
    }
  }

  /** Waits for its own end. @throws Error with the end of its log when that is a failure */
  async ended() {
    const [code] = await this.#ended;
    if (code !== 0)
      throw new Error(`it ended with ${code}:\n${readFileSync(this.#options.log, 'utf8').slice(-2000)}`);
  }

  async kill() {
    this.#toldToEnd = true;
    this.#child?.kill('SIGKILL');
    await this.#ended;
  }

  async stop() {
    this.#toldToEnd = true;
    if (this.isRunning) this.#child.kill('SIGTERM');
    await this.#ended;
  }
}
