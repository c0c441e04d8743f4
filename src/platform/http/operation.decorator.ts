import { applyDecorators, HttpCode, SetMetadata, type Type } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import {
  ApiBody,
  ApiConsumes,
  ApiExtension,
  ApiExtraModels,
  ApiHeader,
  ApiOperation,
  ApiResponse,
  ApiSecurity,
  getSchemaPath,
} from '@nestjs/swagger';
import type { RouteLimits } from '../limits/route-limits.js';
import { checkedDeprecation, type Deprecation } from './deprecation.js';
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
    /** Where the request asks for it, the body comes as server-sent events instead. */
    readonly streamed?: boolean;
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
  /** Its form says where it belongs: what the caller may do there is asked by its service, which reads the form. */
  readonly placedByForm?: true;
  /** Moves a file, so it has the time of files. */
  readonly transfer?: Transfer;
  /** Body of a 503 that is this operation's own answer, such as a failed probe. */
  readonly unavailable?: Type;
  /** What the number in its path is the number of, where a surface knows things by their numbers. */
  readonly numbered?: IdPrefix;
  /** The form's file may come as the body itself too, of this type. */
  readonly plain?: 'text/csv';
  /** What the form says may come as JSON too, in a body of this type. */
  readonly json?: Type;
  /** Is answered during a maintenance too: it settles itself who may go on. */
  readonly duringMaintenance?: boolean;
  /** That the operation will go, and when. */
  readonly deprecated?: Deprecation;
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
    ApiOperation(operationOf(options)),
    ...(options.deprecated
      ? [ApiExtension('x-sunset', checkedDeprecation(id, options.deprecated).sunset)]
      : []),
    ApiExtension('x-permission', access),
    HttpCode(success.status),
    ApiResponse(successResponse(success)),
    ...(success.streamed && success.type ? [ApiExtraModels(success.type)] : []),
    ...(accepted ? [ApiResponse({ status: 202, type: accepted })] : []),
    ...statuses.map((status) => ApiResponse({ status, type: error })),
    ...(options.unavailable ? [ApiResponse({ status: 503, type: options.unavailable })] : []),
    ...(audit ? [ApiExtension('x-audit-event', audit)] : []),
    ...(access === 'public' ? [] : [ApiSecurity('bearer')]),
    ...(idempotent ? [ApiHeader(IDEMPOTENCY_KEY)] : []),
    ...formOf(options),
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
  placedByForm,
  json,
  plain,
  duringMaintenance,
  deprecated,
}: OperationOptions) => ({
  access,
  ...(numbered && { numbered }),
  ...(placedByForm && { placedByForm }),
  ...(json && { plain: 'application/json' }),
  ...(plain && { plain }),
  ...(duringMaintenance && { duringMaintenance }),
  ...(deprecated && { deprecated }),
  ...(bodyLimit && { bodyLimit }),
  ...(idempotent && { idempotent }),
  ...(transfer && { transfer }),
  ...(ownLimit && { ownLimit }),
  ...(counts && { counts }),
});

const operationOf = ({ id, deprecated, form, plain, json }: OperationOptions) => ({
  operationId: id,
  ...(deprecated && { deprecated: true }),
  ...(form && plain && { requestBody: eitherBody(form, { [plain]: { schema: { type: 'string' } } }) }),
  ...(form &&
    json && {
      requestBody: eitherBody(form, { 'application/json': { schema: { $ref: getSchemaPath(json) } } }),
    }),
});

const eitherBody = (form: Type, other: { readonly [type: string]: { readonly schema: object } }) => ({
  required: true,
  content: { 'multipart/form-data': { schema: { $ref: getSchemaPath(form) } }, ...other },
});

/** How a form stands in the contract; beside another body it is part of the operation itself. */
function formOf({ form, plain, json }: OperationOptions): MethodDecorator[] {
  if (!form) return [];
  if (json) return [ApiExtraModels(form, json)];
  return plain ? [ApiExtraModels(form)] : [ApiConsumes('multipart/form-data'), ApiBody({ type: form })];
}

const EVENT_STREAM = { 'text/event-stream': { schema: { type: 'string' as const } } };

const contentOf = (type: Type) => ({ 'application/json': { schema: { $ref: getSchemaPath(type) } } });

const ETAG = { headers: { ETag: { schema: { type: 'string' as const } } } };

function successResponse({ status, type, contentType, etag, binary, streamed }: OperationOptions['success']) {
  if (type && streamed) return { status, content: { ...contentOf(type), ...EVENT_STREAM } };
  if (binary) return { status, content: { '*/*': { schema: { type: 'string', format: 'binary' } } } };
  if (contentType) return { status, content: { [contentType]: { schema: { type: 'string' } } } };
  return { status, ...(type && { type }), ...(etag && ETAG) };
}
