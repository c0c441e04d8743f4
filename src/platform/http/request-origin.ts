import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { MAX_USER_AGENT } from './request-context.js';

/** From where a request came, of whomever. */
export interface RequestOrigin {
  readonly requestId: string;
  readonly clientAddress: string;
  readonly userAgent: string | undefined;
}

export const originOf = ({ id, ip, headers }: FastifyRequest): RequestOrigin => ({
  requestId: id,
  clientAddress: ip,
  userAgent: headers['user-agent']?.slice(0, MAX_USER_AGENT),
});

/** Hands a controller the {@link RequestOrigin} of a request that needs no credential. */
export const CurrentOrigin = createParamDecorator((_: unknown, context: ExecutionContext) =>
  originOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
