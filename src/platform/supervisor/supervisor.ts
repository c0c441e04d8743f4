import { setTimeout as sleep } from 'node:timers/promises';
import { Child, type ChildEnd, type ChildSpec, describeEnd } from './child.js';

export type { ChildEnd, ChildSpec } from './child.js';

export interface SupervisorOptions {
  /** How long children may take to end in order, in milliseconds, before they are killed. */
  readonly graceMs: number;
  /** Takes lines for the operator. */
  say(line: string): void;
}

/** Runs processes that live and end together with this one. */
export class Supervisor {
  /** Resolves with the first child that ended without having been told to, after it was ready. */
  readonly failed: Promise<ChildEnd>;
  readonly #options: SupervisorOptions;
  readonly #children = new Set<Child>();
  #fail: (end: ChildEnd) => void = () => {};
  #stopping: Promise<void> | undefined;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.failed = new Promise((resolve) => {
      this.#fail = resolve;
    });
  }

  /**
   * Starts a child and resolves when it reports ready.
   * @throws Error with the reason when it ends before that, or when the supervisor is stopping.
   */
  async start(spec: ChildSpec): Promise<void> {
    if (this.#stopping !== undefined)
      throw new Error(`${spec.name} was not started: the supervisor is stopping`);
    if (this.#children.size === 0) process.on('exit', this.#killAll);
    const child = new Child(spec);
    this.#children.add(child);
    let serving = false;
    void child.ended.then((end) => {
      this.#forget(child);
      if (serving && this.#stopping === undefined) this.#fail(end);
    });
    await child.ready;
    serving = true;
  }

  /** Ends all children, the latest first: SIGTERM, the grace, SIGKILL. Resolves when none is left. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stopAll();
    return this.#stopping;
  }

  async #stopAll(): Promise<void> {
    const children = [...this.#children].reverse();
    for (const child of children) child.order();
    const allEnded = Promise.all(children.map((child) => child.ended));
    const inTime = new AbortController();
    const late = sleep(this.#options.graceMs, 'late' as const, { signal: inTime.signal }).catch(
      () => 'ended' as const,
    );
    if ((await Promise.race([allEnded, late])) === 'late') {
      for (const child of this.#children) {
        this.#options.say(`${child.name} did not end within ${this.#options.graceMs} ms and is killed.`);
        child.kill();
      }
    }
    inTime.abort();
    for (const end of await allEnded) {
      if (end.code !== 0) this.#options.say(`${describeEnd(end)} while stopping.`);
    }
  }

  #forget(child: Child): void {
    this.#children.delete(child);
    if (this.#children.size === 0) process.off('exit', this.#killAll);
  }

  /** Whatever way this process exits, short of being killed itself, its children go with it. */
  readonly #killAll = (): void => {
    for (const child of this.#children) child.kill();
  };
}
