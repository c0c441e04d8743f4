import { type ChildProcess, fork } from 'node:child_process';
import { DocumentFailure } from '../document-failure.js';
import type { Step } from '../document-handler.js';
import type { DocumentReply, DocumentRequest } from './document-job.js';

/** WebAssembly may take 512 MiB, and JavaScript's heap about as much. */
const LIMITS = ['--wasm-max-mem-pages=8192', '--max-old-space-size=448'];

/** What a process is told that is to extract text; any other purpose needs more to be loaded. */
export const EXTRACTION = 'extraction';

/** What one request is given along. */
export interface Hooks {
  /** Aborts when nobody wants the result any more. */
  readonly signal: AbortSignal;
  readonly progress?: (step: Step) => void;
}

/** A process that handles one document and ends. It has no settings, and nothing that it writes is kept. */
export class DocumentProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;

  /**
   * @param format whose handler is loaded at once, if there is one
   * @param purpose {@link EXTRACTION}, or anything else that can be asked of a document
   */
  constructor(program: string, format: string, purpose = '') {
    this.#child = fork(program, [format, purpose], {
      execArgv: LIMITS,
      env: {},
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'advanced',
    });
    this.#ended = new Promise((resolve) => {
      this.#child.once('exit', () => resolve());
      this.#child.once('error', () => resolve());
    });
  }

  get isAlive(): boolean {
    return this.#child.connected && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Neither waiting child nor its channel keeps this process alive. */
  unref(): void {
    this.#child.unref();
    this.#child.channel?.unref();
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /**
   * @param timeoutSeconds longest time for the document
   * @throws DocumentFailure; RangeError for a page that is not there; the signal's reason
   */
  async ask(request: DocumentRequest, timeoutSeconds: number, { signal, progress }: Hooks) {
    this.#child.ref();
    this.#child.channel?.ref();
    const overtime = setTimeout(() => this.kill(), timeoutSeconds * 1000);
    const leave = (): void => this.kill();
    signal.addEventListener('abort', leave, { once: true });
    try {
      signal.throwIfAborted();
      const reply = await this.#lastReply(request, progress);
      signal.throwIfAborted();
      return resultOf(reply);
    } finally {
      clearTimeout(overtime);
      signal.removeEventListener('abort', leave);
      this.kill();
    }
  }

  /** Undefined when the process ended without one. */
  #lastReply(request: DocumentRequest, progress: Hooks['progress']): Promise<DocumentReply | undefined> {
    return new Promise((resolve) => {
      this.#child.on('message', (reply: DocumentReply) => {
        if (reply.kind === 'step') progress?.(reply.step);
        else resolve(reply);
      });
      void this.#ended.then(() => resolve(undefined));
      // What it fails with is told by the end of the process.
      this.#child.send(request, () => {});
    });
  }
}

function resultOf(reply: DocumentReply | undefined) {
  switch (reply?.kind) {
    case 'done':
      return reply.result;
    case 'failure':
      throw new DocumentFailure(reply.code, reply.page);
    case 'range':
      throw new RangeError('there is no such page');
    case 'fault':
      throw new Error(`a document's process failed by a ${reply.name}`);
    default:
      // Killed by its guard, by its time limit, or by the engine it ran: the document asked for too much.
      throw new DocumentFailure('DOCUMENT_TOO_COMPLEX');
  }
}
