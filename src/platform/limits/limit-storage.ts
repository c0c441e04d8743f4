import type { WindowLimit, WindowState } from './window.js';

/** One request that asks to be let through. */
export interface LimitRequest {
  /** Whose windows these are; all processes name it alike. */
  readonly subject: string;
  readonly windows: readonly WindowLimit[];
  /** Most requests at once; null = unlimited. */
  readonly slots: number | null;
  /** Names the slot that the request takes: unique among all processes. */
  readonly lease: string;
}

/** What a storage decided. A refused request has consumed nothing: no window, no slot. */
export interface LimitDecision {
  readonly allowed: boolean;
  /** After the decision, in the order of the request's windows. */
  readonly windows: readonly WindowState[];
  /** Slots taken, this request's included when it was let through. */
  readonly slotsUsed: number;
  /** The storage's clock, in microseconds since 1970: the same for every process. */
  readonly now: number;
}

/** A slot in use. */
export interface Lease {
  readonly subject: string;
  readonly lease: string;
}

/** A slot that nobody renews is free again after this time, so a process that dies leaves none behind. */
export const LEASE_SECONDS = 60;

/** Where windows and slots are counted. Each decision is atomic among all processes that share the storage. */
export abstract class LimitStorage {
  abstract decide(request: LimitRequest): Promise<LimitDecision>;
  /** Frees slots; those that are gone already are passed over. */
  abstract release(leases: readonly Lease[]): Promise<void>;
  /** Lets slots live {@link LEASE_SECONDS} more; those that are gone stay gone. */
  abstract renew(leases: readonly Lease[]): Promise<void>;
}
