import { type CountedAllowance, remainingOf } from '../allowance.js';
import type { UsageDto } from './usage.dto.js';

/** @param allowance as it is after the request that asks was counted */
export function presentUsage({ plan, overrides, slots, decision }: CountedAllowance): UsageDto {
  const now = decision?.now ?? 0;
  return {
    plan,
    windows: (decision?.windows ?? []).map((window) => ({
      name: window.name,
      limit: window.limit,
      used: window.used,
      remaining: remainingOf(window),
      resets_at: new Date((now + window.resetsIn) / 1_000).toISOString(),
    })),
    concurrent: slots === null ? null : { limit: slots, used: decision?.slotsUsed ?? 0 },
    overrides: overrides ? { ...overrides } : null,
  };
}
