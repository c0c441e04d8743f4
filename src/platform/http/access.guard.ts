import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { platformError } from '../errors/app-error.js';
import { ACCESS } from './operation.decorator.js';
import type { Access } from './permission.js';
import { holds, type Principal } from './principal.js';

/** Turns a request's credential into a principal; the auth module provides it. */
export abstract class Authenticator {
  /**
   * @throws AppError UNAUTHENTICATED when the credential is missing, unknown, expired or revoked,
   *   NETWORK_NOT_ALLOWED when it may not be used from the request's address
   */
  abstract authenticate(request: Pick<FastifyRequest, 'headers' | 'ip'>): Promise<Principal>;
}

/** Denies by default: a route opens only by the access its `@Operation` declares. */
@Injectable()
export class AccessGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const access: Access | undefined = Reflect.getMetadata(ACCESS, context.getHandler());
    if (access === 'public') return true;
    const { principal } = context.switchToHttp().getRequest<FastifyRequest>();
    if (!principal) throw platformError('UNAUTHENTICATED');
    if (access === 'authenticated') return true;
    if (access === undefined || !holds(principal, access)) {
      throw platformError('PERMISSION_DENIED', {
        message: `This credential lacks the scope ${access ?? 'of this operation'}.`,
      });
    }
    return true;
  }
}
