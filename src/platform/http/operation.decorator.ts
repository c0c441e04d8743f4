import { applyDecorators, HttpCode, SetMetadata, type Type } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import {
  ApiBody,
  ApiConsumes,
  ApiExtension,
  ApiHeader,
  ApiOperation,
  ApiResponse,
  ApiSecurity,
} from '@nestjs/swagger';
import type { RouteLimits } from '../limits/route-limits.js';
import type { IdPrefix } from './ids.js';
import type { Access } from './permission.js';
import type { Transfer } from './transfer.js';

/** Metadata key of a route's authorization: its {@link Access}. */
export const ACCESS = 'redoubt:access';

export interface OperationOptions extends RouteLimits {
  /** `<module>.<verbNoun>`, unique in the contract. */
  readonly id: string;
  /** Who may call it. There is no default: a route without it is refused. */
  readonly access: Access;
  /** Status and body of success; no body when `type` is absent. `etag` when the answer carries one. */
  readonly success: {
    readonly status: number;
    readonly type?: Type;
    readonly contentType?: string;
    readonly etag?: boolean;
    /** The body is a file, of whatever type. */
    readonly binary?: boolean;
  };
  /** Body of a 202, where the operation can be left to the background. */
  readonly accepted?: Type;
  /** Statuses of errors beyond those every operation shares. */
  readonly errors?: readonly number[];
  /** The audit event the operation writes, if any. */
  readonly audit?: string;
  /** Takes an `Idempotency-Key`; true of every write that goes through `Writes`. */
  readonly idempotent?: boolean;
  /** Largest body, in bytes; the deployment's ordinary limit when absent. */
  readonly bodyLimit?: number;
  /** Fields of the form that is its body: an upload. */
  readonly form?: Type;
  /** Moves a file, so it has the time of files. */
  readonly transfer?: Transfer;
  /** Body of a 503 that is this operation's own answer, such as a failed probe. */
  readonly unavailable?: Type;
  /** What the number in its path is the number of, where a surface knows things by their numbers. */
  readonly numbered?: IdPrefix;
  /** Class of the surface's error body. */
  readonly error: Type;
}

/** What any authenticated operation may answer besides its success. */
const SHARED_ERRORS = [401, 403, 429, 500, 503];

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  required: false,
  schema: { type: 'string' as const, minLength: 1, maxLength: 255 },
};

/** Declares one operation: authorization, contract and limits at one place, next to its handler. */
export function Operation(options: OperationOptions): MethodDecorator {
  const { id, access, success, accepted, audit, idempotent, error } = options;
  const shared = access === 'public' ? [500] : SHARED_ERRORS;
  const conflict = idempotent ? [400, 409] : [];
  const statuses = [...new Set([...(options.errors ?? []), ...conflict, ...shared])];
  return applyDecorators(
    SetMetadata(ACCESS, access),
    ApiOperation({ operationId: id }),
    ApiExtension('x-permission', access),
    HttpCode(success.status),
    ApiResponse(successResponse(success)),
    ...(accepted ? [ApiResponse({ status: 202, type: accepted })] : []),
    ...statuses.map((status) => ApiResponse({ status, type: error })),
    ...(options.unavailable ? [ApiResponse({ status: 503, type: options.unavailable })] : []),
    ...(audit ? [ApiExtension('x-audit-event', audit)] : []),
    ...(access === 'public' ? [] : [ApiSecurity('bearer')]),
    ...(idempotent ? [ApiHeader(IDEMPOTENCY_KEY)] : []),
    ...(options.form ? [ApiConsumes('multipart/form-data'), ApiBody({ type: options.form })] : []),
    RouteConfig(routeConfig(options)),
  );
}

/** What the router is told, for those who see a request before its handler. */
const routeConfig = ({
  access,
  bodyLimit,
  idempotent,
  transfer,
  ownLimit,
  counts,
  numbered,
}: OperationOptions) => ({
  access,
  ...(numbered && { numbered }),
  ...(bodyLimit && { bodyLimit }),
  ...(idempotent && { idempotent }),
  ...(transfer && { transfer }),
  ...(ownLimit && { ownLimit }),
  ...(counts && { counts }),
});

const ETAG = { headers: { ETag: { schema: { type: 'string' as const } } } };

function successResponse({ status, type, contentType, etag, binary }: OperationOptions['success']) {
  if (binary) return { status, content: { '*/*': { schema: { type: 'string', format: 'binary' } } } };
  if (contentType) return { status, content: { [contentType]: { schema: { type: 'string' } } } };
  return { status, ...(type && { type }), ...(etag && ETAG) };
}
