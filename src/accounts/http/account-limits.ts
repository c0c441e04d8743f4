import type { OwnLimit } from '../../platform/limits/route-limits.js';

/** Logins count by address and in no plan, so that many people behind one address can log in. */
export const LOGIN_LIMIT: OwnLimit = { name: 'logins', perMinute: 'REDOUBT_LOGINS_PER_MINUTE' };

/** So does whatever makes an account, or a new password, for somebody who has no credential. */
export const ACCOUNT_LIMIT: OwnLimit = { name: 'accounts', perMinute: 'REDOUBT_ACCOUNTS_PER_MINUTE' };
