/** Types found only by those who name them: a general type reports the same values to everyone else. */
export const ONLY_WHEN_NAMED: ReadonlySet<string> = new Set(['TR_PHONE_NUMBER', 'PH_MOBILE_NUMBER']);
