import { newId } from '../ids.js';
import type { Principal } from '../principal.js';
import type { Caller } from '../request-context.js';

/** A request of a user who may do everything, and is limited by nothing. */
export const testCaller = (
  organizationId: string,
  userId: string,
  systemRole: Principal['systemRole'] = 'user',
): Caller => ({
  principal: {
    userId,
    organizationId,
    role: systemRole === 'admin' ? 'admin' : 'editor',
    memberships: [{ organizationId, role: systemRole === 'admin' ? 'admin' : 'editor' }],
    defaultProjectId: undefined,
    systemRole,
    mode: 'live',
    scopes: ['*'],
    plan: 'unlimited',
    credential: { kind: 'api_key', id: newId('key') },
  },
  requestId: newId('req'),
  clientAddress: '127.0.0.1',
  userAgent: undefined,
  idempotencyKey: undefined,
  digest: () => Buffer.alloc(32),
  answerTime: () => new Date(),
  markReplayed: () => {},
  signal: () => new AbortController().signal,
});
