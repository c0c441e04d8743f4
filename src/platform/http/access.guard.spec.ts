import 'reflect-metadata';
import type { ExecutionContext } from '@nestjs/common';
import { AppError } from '../errors/app-error.js';
import { AccessGuard } from './access.guard.js';
import { ACCESS } from './operation.decorator.js';
import type { Principal } from './principal.js';

const principal = (scopes: Principal['scopes']): Principal => ({
  userId: 'user_1',
  organizationId: 'org_1',
  defaultProjectId: undefined,
  systemRole: 'user',
  mode: 'live',
  scopes,
  plan: 'unlimited',
  credential: { kind: 'api_key', id: 'key_1' },
});

function outcome(access: string | undefined, who: Principal | undefined): string {
  const handler = () => {};
  if (access !== undefined) Reflect.defineMetadata(ACCESS, access, handler);
  const context = {
    getHandler: () => handler,
    switchToHttp: () => ({ getRequest: () => ({ principal: who }) }),
  };
  try {
    return String(new AccessGuard().canActivate(context as unknown as ExecutionContext));
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
  ])('a route declared %s for %p: %s', (access, who, expected) => {
    expect(outcome(access, who)).toBe(expected);
  });
});
