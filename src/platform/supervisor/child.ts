import { type ChildProcess, fork } from 'node:child_process';
import { readyMessage, stopMessage } from './child-link.js';

export interface ChildSpec {
  readonly name: string;
  /** Absolute path of a JavaScript file. */
  readonly script: string;
  /** The whole environment of the child. */
  readonly env: NodeJS.ProcessEnv;
}

/** How a child ended; without code and signal when it could not be started at all. */
export interface ChildEnd {
  readonly name: string;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The end in words, such as `api ended with code 1`. */
export function describeEnd(end: ChildEnd): string {
  if (end.signal !== null) return `${end.name} was killed by ${end.signal}`;
  return end.code === null ? `${end.name} could not be started` : `${end.name} ended with code ${end.code}`;
}

/** One supervised process, leader of a session and process group of its own. */
export class Child {
  readonly name: string;
  readonly ready: Promise<void>;
  readonly ended: Promise<ChildEnd>;
  readonly #process: ChildProcess;

  constructor(spec: ChildSpec) {
    this.name = spec.name;
    this.#process = fork(spec.script, [], {
      env: spec.env,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      // Out of the terminal's process group: Ctrl-C reaches the supervisor alone, which stops its children in order.
      detached: process.platform !== 'win32',
    });
    this.ended = this.#watchEnd();
    this.ready = this.#watchReady();
  }

  /** Orders an orderly end. Windows knows no SIGTERM, so there it goes by message. */
  order(): void {
    if (process.platform !== 'win32') this.#process.kill('SIGTERM');
    else if (this.#process.connected) this.#process.send(stopMessage);
  }

  /** Ends the process, and those it started, at once. */
  kill(): void {
    const { pid } = this.#process;
    if (pid === undefined) return;
    try {
      if (process.platform === 'win32') this.#process.kill('SIGKILL');
      else process.kill(-pid, 'SIGKILL');
    } catch (error) {
      // Nothing left to kill; macOS calls a group of zombies EPERM.
      if (!['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  }

  #watchEnd(): Promise<ChildEnd> {
    return new Promise((resolve) => {
      this.#process.once('exit', (code, signal) => {
        // What it started must not outlive it.
        this.kill();
        resolve({ name: this.name, code, signal });
      });
      this.#process.on('error', () => {
        if (this.#process.pid === undefined) resolve({ name: this.name, code: null, signal: null });
      });
    });
  }

  #watchReady(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#process.on('message', (message) => {
        if (message === readyMessage) resolve();
      });
      void this.ended.then((end) => reject(new Error(`${describeEnd(end)} before it was ready`)));
    });
  }
}
