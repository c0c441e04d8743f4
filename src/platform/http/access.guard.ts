import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { platformError } from '../errors/app-error.js';
import { ACCESS } from './operation.decorator.js';
import type { Permission } from './permission.js';
import { holds, type Principal } from './principal.js';

/** Turns a request's credential into a principal; the auth module provides it. */
export abstract class Authenticator {
  /** @throws AppError UNAUTHENTICATED when the credential is missing, unknown, expired or revoked */
  abstract authenticate(headers: FastifyRequest['headers']): Promise<Principal>;
}

/** Denies by default: a route opens only by the access its `@Operation` declares. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly authenticator: Authenticator) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access: Permission | 'public' | undefined = Reflect.getMetadata(ACCESS, context.getHandler());
    if (access === 'public') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const principal = await this.authenticator.authenticate(request.headers);
    if (access === undefined || !holds(principal, access)) {
      throw platformError('PERMISSION_DENIED', {
        message: `This credential lacks the scope ${access ?? 'of this operation'}.`,
      });
    }
    request.principal = principal;
    return true;
  }
}
