import type { Tx } from '../database/unit-of-work.js';

/** A sandbox that has just been made, and in whose name. */
export interface NewSandbox {
  readonly organizationId: string;
  readonly userId: string;
}

/** What a feature puts into every new sandbox. A feature that does makes this a provider of its module. */
export abstract class SandboxContents {
  /** Runs in the transaction that makes the sandbox, whose keys are there. Short. */
  abstract fill(sandbox: NewSandbox, tx: Tx): Promise<void>;
}
