import 'reflect-metadata';
import type { ExecutionContext } from '@nestjs/common';
import { AppError } from '../errors/app-error.js';
import { AccessGuard } from './access.guard.js';
import { ACCESS } from './operation.decorator.js';
import type { Principal } from './principal.js';
import type { Tenancy } from './tenancy.service.js';

const principal = (scopes: Principal['scopes'], roles: Partial<Principal> = {}): Principal => ({
  userId: 'user_1',
  organizationId: 'org_1',
  role: 'viewer',
  memberships: [{ organizationId: 'org_1', role: 'viewer' }],
  defaultProjectId: undefined,
  systemRole: 'user',
  mode: 'live',
  scopes,
  plan: 'unlimited',
  credential: { kind: 'api_key', id: 'key_1' },
  ...roles,
});

/** Nothing that a request names is anywhere else. */
const atHome = { settle: (_: unknown, who: Principal) => Promise.resolve(who) };

async function outcome(access: string | undefined, who: Principal | undefined): Promise<string> {
  const handler = () => {};
  if (access !== undefined) Reflect.defineMetadata(ACCESS, access, handler);
  const context = {
    getHandler: () => handler,
    switchToHttp: () => ({ getRequest: () => ({ principal: who }) }),
  };
  try {
    const guard = new AccessGuard(atHome as unknown as Tenancy);
    return String(await guard.canActivate(context as unknown as ExecutionContext));
  } catch (error) {
    return error instanceof AppError ? error.code : 'unexpected';
  }
}

describe('AccessGuard', () => {
  it.each([
    ['public', undefined, 'true'],
    ['detect', undefined, 'UNAUTHENTICATED'],
    ['detect', principal(['detect']), 'true'],
    ['detect', principal(['*']), 'true'],
    ['detect', principal(['process']), 'PERMISSION_DENIED'],
    ['detect', principal([]), 'PERMISSION_DENIED'],
    [undefined, undefined, 'UNAUTHENTICATED'],
    [undefined, principal(['*']), 'PERMISSION_DENIED'],
    ['projects:write', principal(['*']), 'PERMISSION_DENIED'],
    ['projects:write', principal(['*'], { role: 'editor' }), 'true'],
    ['projects:delete', principal(['projects:write'], { role: 'editor' }), 'PERMISSION_DENIED'],
    ['projects:delete', principal(['projects:write'], { role: 'admin' }), 'true'],
    ['projects:read', principal(['*'], { role: undefined }), 'PERMISSION_DENIED'],
    ['auth:read', principal(['*'], { role: undefined }), 'true'],
    ['auth:read', principal(['*'], { systemRole: 'pending' }), 'PERMISSION_DENIED'],
    ['authenticated', principal([], { systemRole: 'pending' }), 'true'],
    ['admin:read', principal(['*'], { role: 'admin' }), 'PERMISSION_DENIED'],
    ['admin:read', principal(['*'], { systemRole: 'admin' }), 'true'],
    ['auth:read', principal(['*'], { role: 'admin', mode: 'sandbox' }), 'PERMISSION_DENIED'],
    ['projects:share', principal(['*'], { role: 'admin', mode: 'sandbox' }), 'PERMISSION_DENIED'],
    ['api_keys:write', principal(['*'], { role: 'admin', mode: 'sandbox' }), 'true'],
    ['projects:write', principal(['*'], { role: 'admin', mode: 'sandbox' }), 'true'],
  ])('a route declared %s for %p: %s', async (access, who, expected) => {
    expect(await outcome(access, who)).toBe(expected);
  });
});
