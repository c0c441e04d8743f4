import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { platformError } from '../errors/app-error.js';
import type { Principal } from './principal.js';
import { signalOf } from './request-deadline.js';
import { digestOf } from './request-digest.js';
import type { Surface } from './surface.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the first hook of every request. */
    surface: Surface;
    /** Set by the access guard on every route that is not public. */
    principal: Principal | undefined;
  }
}

/** For whom something is done: while their request lasts, or after it. */
export interface Requester {
  readonly principal: Pick<Principal, 'userId' | 'organizationId' | 'defaultProjectId'> & {
    readonly credential: { readonly kind: 'api_key' | 'user'; readonly id: string };
  };
  readonly requestId: string;
  readonly clientAddress: string | undefined;
  readonly userAgent: string | undefined;
}

/** What a service may know of the request behind a call, beside its input. */
export interface Caller extends Requester {
  readonly principal: Principal;
  readonly clientAddress: string;
  readonly idempotencyKey: string | undefined;
  /** Digest that tells this request from others, see {@link digestOf}. */
  readonly digest: () => Buffer;
  /** When this answer was made: of a stored one, when it was made first. */
  readonly answerTime: () => Date;
  /** Marks the answer as a stored one that was made then (`Idempotent-Replayed: true`). */
  readonly markReplayed: (at: Date) => void;
  /** Aborts when the request's time is up or its client has gone; for work that takes long. */
  readonly signal: () => AbortSignal;
}

/** Longest user agent that is kept. */
export const MAX_USER_AGENT = 512;

const headerOf = ({ headers }: FastifyRequest, name: string): string | undefined => {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
};

/** The caller of an authenticated request. @throws AppError UNAUTHENTICATED when no guard ran. */
export function callerOf(request: FastifyRequest): Caller {
  if (!request.principal) throw platformError('UNAUTHENTICATED');
  let answeredAt: Date | undefined;
  return {
    principal: request.principal,
    requestId: request.id,
    clientAddress: request.ip,
    userAgent: request.headers['user-agent']?.slice(0, MAX_USER_AGENT),
    idempotencyKey: headerOf(request, 'idempotency-key'),
    digest: () => digestOf(request),
    answerTime: () => {
      answeredAt ??= new Date();
      return answeredAt;
    },
    markReplayed: (at) => {
      answeredAt = at;
      request.response?.setHeader('idempotent-replayed', 'true');
    },
    signal: () => signalOf(request),
  };
}

/** Hands a controller its {@link Caller}. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext) =>
  callerOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
