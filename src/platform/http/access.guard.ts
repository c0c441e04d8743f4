import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { platformError } from '../errors/app-error.js';
import { ACCESS } from './operation.decorator.js';
import type { Access } from './permission.js';
import { holds, type Principal } from './principal.js';

/** Turns a request's credential into a principal; the auth module provides it. */
export abstract class Authenticator {
  /** @throws AppError UNAUTHENTICATED when the credential is missing, unknown, expired or revoked */
  abstract authenticate(headers: FastifyRequest['headers']): Promise<Principal>;
}

/**
 * Authenticates before the body is read, so that nobody without a key makes the server take in 100 MiB. Routes that
 * do not exist have nothing to protect: they answer 404.
 */
export function addAuthentication(fastify: FastifyInstance, authenticator: Authenticator): void {
  fastify.addHook('onRequest', async (request) => {
    const { access } = request.routeOptions.config as { access?: Access };
    if (request.is404 || access === 'public' || access === undefined) return;
    request.principal = await authenticator.authenticate(request.headers);
  });
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
