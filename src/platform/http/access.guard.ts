import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type AppError, platformError } from '../errors/app-error.js';
import { routeConfigOf } from '../limits/route-limits.js';
import { ACCESS } from './operation.decorator.js';
import { type Access, isLiveOnly, PERMISSION_TABLE, type Permission } from './permission.js';
import { hasScope, holds, type Principal } from './principal.js';
import { Tenancy } from './tenancy.service.js';

/** Turns a request's credential into a principal; the auth module provides it. */
export abstract class Authenticator {
  /**
   * @throws AppError UNAUTHENTICATED when the credential is missing, unknown, expired or revoked,
   *   NETWORK_NOT_ALLOWED when it may not be used from the request's address
   */
  abstract authenticate(request: Pick<FastifyRequest, 'headers' | 'ip'>): Promise<Principal>;
}

/**
 * Denies by default: a route opens only by the access its `@Operation` declares. What the caller may do is asked where the
 * thing is that the request names, so that somebody's role at home says nothing about other organizations.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly tenancy: Tenancy) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access: Access | undefined = Reflect.getMetadata(ACCESS, context.getHandler());
    if (access === 'public') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (!request.principal) throw platformError('UNAUTHENTICATED');
    if (access === 'authenticated') return true;
    const principal = await this.tenancy.settle(request, request.principal);
    const judged = routeConfigOf(request).placedByForm ? withAnyRole(principal) : principal;
    if (access === undefined || !holds(judged, access)) throw refused(principal, access);
    request.principal = principal;
    return true;
  }
}

/** Of a form that is yet to be read only the credential can be judged; the role is asked for by who reads it. */
const withAnyRole = (principal: Principal): Principal => ({
  ...principal,
  role: 'admin',
  organizationRole: undefined,
});

function refused(principal: Principal, access: Permission | undefined): AppError {
  if (access !== undefined && !hasScope(principal, PERMISSION_TABLE[access].scope)) {
    const message = `This credential lacks the scope ${PERMISSION_TABLE[access].scope}.`;
    return platformError('PERMISSION_DENIED', { message });
  }
  const { systemRole, mode } = principal;
  if (mode === 'sandbox' && access !== undefined && isLiveOnly(access))
    return platformError('PERMISSION_DENIED', { message: SANDBOX_MESSAGE });
  if (systemRole !== 'pending') return platformError('PERMISSION_DENIED', { message: ROLE_MESSAGE });
  return platformError('PERMISSION_DENIED', {
    message: 'This account waits for an administrator to admit it.',
  });
}

const SANDBOX_MESSAGE =
  'A sandbox has no people: accounts and shares belong to the live organization. Use a live credential.';
const ROLE_MESSAGE = 'Your role does not allow that here. GET /api/v1/permissions says which role does.';
