import { type PlanLimits, type PlanOverrides, UNLIMITED, withOverrides } from './plan-limits.js';

const plan = (limits: PlanOverrides): PlanLimits => withOverrides(UNLIMITED, limits);

/** Every plan, `<document>_<tier>`, with the numbers its document gives. They hold on every surface. */
export const PLANS = {
  sero_standard: plan({ per_hour: 1_000, uploads_per_day: 100 }),
  platform_free: plan({ per_hour: 100 }),
  platform_pro: plan({ per_hour: 1_000 }),
  platform_enterprise: plan({ per_hour: 10_000 }),
  safekeylab_starter: plan({ per_second: 100, burst: 500, per_month: 10_000_000 }),
  safekeylab_growth: plan({ per_second: 1_000, burst: 5_000, per_month: 100_000_000 }),
  safekeylab_enterprise: plan({ per_second: 10_000, burst: 50_000 }),
  secureai_free: plan({ per_minute: 10, per_day: 500, concurrent: 2 }),
  secureai_standard: plan({ per_minute: 60, per_day: 10_000, concurrent: 10 }),
  secureai_professional: plan({ per_minute: 120, per_day: 50_000, concurrent: 25 }),
  /** "Custom": an administrator gives each key its numbers. */
  secureai_enterprise: UNLIMITED,
  keynest_user: plan({ per_minute: 50, per_hour: 1_000 }),
  /** Requests without a valid credential, by address. */
  anonymous: plan({ per_hour: 100 }),
  unlimited: UNLIMITED,
  /** Every key of a sandbox: requests are not counted, what runs at a time and sizes are bounded. */
  sandbox: plan({ concurrent: 10, upload_bytes: 10 * 2 ** 20 }),
} as const satisfies Record<string, PlanLimits>;

export type PlanName = keyof typeof PLANS;

export const PLAN_NAMES = Object.keys(PLANS) as PlanName[];

/** What a key gets when nobody says otherwise. */
export const DEFAULT_PLAN: PlanName = 'secureai_standard';

/** What every test key has. */
export const SANDBOX_PLAN: PlanName = 'sandbox';

/** The largest JSON body that a sandbox takes, whatever the operation, in bytes. */
export const SANDBOX_BODY_BYTES = 10 * 2 ** 20;

/** The numbers of a plan; a name that this version does not know counts as the default plan. */
export const limitsOfPlan = (name: string): PlanLimits =>
  PLANS[PLAN_NAMES.find((known) => known === name) ?? DEFAULT_PLAN];

/** The largest file that a credential may send, in bytes: its own number, its plan's, or else the server's. */
export const largestUpload = (
  { plan: name, limits }: { readonly plan: string; readonly limits?: PlanOverrides | undefined },
  serverBytes: number,
): number => withOverrides(limitsOfPlan(name), limits).upload_bytes ?? serverBytes;
