import type { RequestOrigin } from '../platform/http/request-origin.js';

/** From which request somebody without a credential does something, for the audit row about it. */
export type AccountOrigin = RequestOrigin;
