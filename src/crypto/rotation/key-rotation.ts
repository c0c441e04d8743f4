import type { Tx } from '../../platform/database/unit-of-work.js';

/** A key under its new wrapper. What it is itself does not change, so nothing it has sealed has to. */
export interface Rewrapped {
  readonly id: string;
  readonly wrapped: Buffer;
}

/** What a rotation came to. */
export interface RotationResult {
  /** The key that now wraps everything. */
  readonly keyId: string;
  /** How many old keys were removed. */
  readonly removed: number;
  /** How many keys it wraps, by kind. */
  readonly counts: Readonly<Record<string, number>>;
}

/** What a rotation begins with. */
export interface RotationPlan {
  /** The key that is to wrap everything. */
  readonly keyId: string;
  /** How many keys another one wraps. */
  readonly items: number;
}

/** How a target's wrappers change; everything may be done again at any time, by any process. */
export abstract class KeyRotation {
  /** Makes the key that follows, or goes on with the one that a rotation before made and did not finish. */
  abstract begin(organizationId: string, tx: Tx): Promise<RotationPlan>;
  /** Wraps a few keys anew; answers how many, 0 when there is nothing left. */
  abstract rewrapSome(organizationId: string, tx: Tx): Promise<number>;
  /**
   * Wraps what came under an old key meanwhile, counts what is left to zero, and removes the old keys, all in one
   * transaction. Undefined when there is no old key.
   */
  abstract finish(organizationId: string, tx: Tx): Promise<RotationResult | undefined>;
}
