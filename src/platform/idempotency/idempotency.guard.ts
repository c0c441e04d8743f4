import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { invalidField } from '../errors/app-error.js';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Refuses an `Idempotency-Key` where nothing would be stored: a client must not rely on a promise nobody keeps. */
@Injectable()
export class IdempotencyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { method, headers, routeOptions } = context.switchToHttp().getRequest<FastifyRequest>();
    const { idempotent } = routeOptions.config as { idempotent?: boolean };
    if (idempotent || READING.has(method) || headers['idempotency-key'] === undefined) return true;
    throw keyUnsupported();
  }
}

/** For an operation that stores its answer in one of its modes only, and refuses the key in the other by itself. */
export const keyUnsupported = () =>
  invalidField(
    'Idempotency-Key',
    'unsupported',
    'This operation stores no answer, so it takes no Idempotency-Key; sending it again is safe.',
  );
