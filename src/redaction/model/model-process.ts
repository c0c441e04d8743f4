import { type ChildProcess, fork } from 'node:child_process';
import type { JudgedSpan } from '../engine/model/judge.js';
import { ModelFault } from '../engine/model/model-fault.js';
import type { ModelReply, ModelRequest } from './model-message.js';

/** A model's process ended, or was ended, before it had answered. */
export class ModelProcessEnded extends Error {
  override readonly name = 'ModelProcessEnded';
}

/** A process with a model in it, which is asked one thing at a time. */
export class ModelProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;

  constructor(program: string, folder: string) {
    this.#child = fork(program, [folder], {
      execArgv: [],
      env: {},
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'advanced',
    });
    this.#ended = new Promise((resolve) => {
      this.#child.once('exit', () => resolve());
      this.#child.once('error', () => resolve());
    });
    this.#child.unref();
    this.#child.channel?.unref();
  }

  get isAlive(): boolean {
    return this.#child.connected && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /**
   * Resolves once the model has been loaded and tried out.
   * @param limitMs longest time for it, in milliseconds
   * @throws ModelFault when it cannot be used; ModelProcessEnded
   */
  async ready(limitMs: number): Promise<void> {
    const reply = await this.#next(limitMs);
    if (reply.kind === 'ready') return;
    throw new ModelFault(reply.kind === 'broken' ? reply.problem : 'It answers before it was asked.');
  }

  /**
   * What stands in each of the sentences. To be called again only once it has answered.
   * @throws ModelFault when the model fails; ModelProcessEnded, also when the time is up: then the process ends
   */
  async ask(request: ModelRequest, limitMs: number): Promise<readonly (readonly JudgedSpan[])[]> {
    const answer = this.#next(limitMs);
    // What sending fails with is told by the end of the process.
    this.#child.send(request, () => {});
    const reply = await answer;
    if (reply.kind === 'spans' && reply.spans.length === request.sentences.length) return reply.spans;
    throw new ModelFault(
      reply.kind === 'fault' ? reply.problem : 'It answers something else than it was asked.',
    );
  }

  async #next(limitMs: number): Promise<ModelReply> {
    let overtime: NodeJS.Timeout | undefined;
    let listen: ((reply: ModelReply) => void) | undefined;
    this.#child.channel?.ref();
    try {
      return await new Promise<ModelReply>((resolve, reject) => {
        overtime = setTimeout(() => this.kill(), limitMs);
        listen = resolve;
        this.#child.once('message', listen);
        void this.#ended.then(() => reject(new ModelProcessEnded("a model's process has ended")));
      });
    } finally {
      clearTimeout(overtime);
      if (listen) this.#child.off('message', listen);
      this.#child.channel?.unref();
    }
  }
}
