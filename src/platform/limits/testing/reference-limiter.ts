import type { LimitDecision, LimitRequest } from '../limit-storage.js';
import { type StoredWindow, stateOf, type WindowLimit } from '../window.js';

interface Subject {
  readonly windows: Map<string, StoredWindow>;
  readonly slots: Map<string, number>;
}

/** The rules in their plainest form, one request after another, by a clock that is given: what storages must agree with. */
export class ReferenceLimiter {
  private readonly subjects = new Map<string, Subject>();

  constructor(private readonly leaseSize: number) {}

  decide({ subject, windows, slots, lease }: LimitRequest, now: number): Omit<LimitDecision, 'now'> {
    const kept = this.subjects.get(subject) ?? { windows: new Map(), slots: new Map() };
    this.subjects.set(subject, kept);
    const taken = [...kept.slots.values()].filter((end) => end > now).length;
    const storedOf = (window: WindowLimit) => kept.windows.get(window.name) ?? { count: 0, end: 0 };
    const isFree = slots === null || taken < slots;
    const allowed = isFree && windows.every((window) => stateOf(window, storedOf(window), now).waitFor === 0);
    if (allowed) {
      for (const window of windows) kept.windows.set(window.name, counted(window, storedOf(window), now));
      if (slots !== null) kept.slots.set(lease, now + this.leaseSize);
    }
    return {
      allowed,
      windows: windows.map((window) => stateOf(window, storedOf(window), now)),
      slotsUsed: slots === null ? 0 : taken + (allowed ? 1 : 0),
    };
  }

  release(subject: string, lease: string): void {
    this.subjects.get(subject)?.slots.delete(lease);
  }
}

function counted({ name, size }: WindowLimit, { count, end }: StoredWindow, now: number): StoredWindow {
  if (name === 'second') return { count: 0, end: Math.max(end, now) + size };
  return end > now ? { count: count + 1, end } : { count: 1, end: now + size };
}
