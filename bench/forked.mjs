import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A module of this folder as a process of its own, which answers every message with one; it ends with this process. */
export class Forked {
  #child;
  #ended;

  /**
   * @param {string} module file name in this folder
   * @param {import('node:child_process').ForkOptions} options beside those that it has anyway
   */
  constructor(module, options = {}) {
    this.#child = fork(fileURLToPath(new URL(module, import.meta.url)), [], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      ...options,
    });
    this.#ended = new Promise((resolve) => {
      this.#child.once('close', (code, signal) => resolve(`${module} ended (${signal ?? code})`));
    });
  }

  /** Sends a message and waits for the answer. @throws Error when the process ends instead */
  ask(message) {
    return new Promise((resolve, reject) => {
      void this.#ended.then((reason) => reject(new Error(reason)));
      this.#child.once('message', resolve);
      this.#child.send(message);
    });
  }

  async stop() {
    this.#child.kill('SIGTERM');
    await this.#ended;
  }
}
