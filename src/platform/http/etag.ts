import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader, ApiResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { invalidField, platformError } from '../errors/app-error.js';

/**
 * Entity tags of resources that have versions (RFC 9110 §8.8, §13.1): the tag is the version in quotes, or whatever else
 * tells what is shown from all it ever was. Reading takes `If-None-Match`, writing `If-Match`.
 */

/** What `If-Match` demands: one of these tags, any version at all, or nothing. */
export type IfMatch = readonly string[] | '*' | undefined;

export const etagOf = (version: number | string): string => `"${version}"`;

/** One or more entity tags; a comma inside of one is part of it. */
const TAGS = /^\s*(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"(?:\s*,\s*(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*")*\s*$/;
const TAG = /(?:W\/)?"[^"]*"/g;

function tagsOf(field: string, text: string | undefined): IfMatch {
  if (text === undefined) return undefined;
  if (text.trim() === '*') return '*';
  if (!TAGS.test(text)) {
    throw invalidField(field, 'format', `'${field}' must be an ETag as it was answered, such as "3", or *.`);
  }
  return text.match(TAG) ?? [];
}

/** @throws AppError PRECONDITION_FAILED when `If-Match` names another version; weak tags never match (§13.1.1) */
export function assertMatch(ifMatch: IfMatch, version: number | string): void {
  if (ifMatch === undefined || ifMatch === '*' || ifMatch.includes(etagOf(version))) return;
  throw platformError('PRECONDITION_FAILED', { details: { field: 'If-Match', constraint: 'match' } });
}

/** Hands a controller the request's {@link IfMatch}. @throws AppError VALIDATION_ERROR when it is malformed */
export const IfMatchHeader = createParamDecorator(
  (_: unknown, context: ExecutionContext): IfMatch =>
    tagsOf('If-Match', context.switchToHttp().getRequest<FastifyRequest>().headers['if-match']),
);

/**
 * Answers with a body that has a version: sets its `ETag`, and sends no body but 304 when a reader has it already.
 * @throws AppError VALIDATION_ERROR when `If-None-Match` is malformed
 */
export function answerVersioned<T extends { readonly version: number }>(
  reply: FastifyReply,
  body: T,
  version: number | string = body.version,
): T | undefined {
  const etag = etagOf(version);
  void reply.header('etag', etag);
  const { method, headers } = reply.request;
  const known = method === 'GET' ? tagsOf('If-None-Match', headers['if-none-match']) : undefined;
  const isKnown = known === '*' || known?.some((tag) => tag.replace(/^W\//, '') === etag);
  if (!isKnown) return body;
  void reply.status(304);
  return undefined;
}

const header = (name: string) => ({ name, required: false, schema: { type: 'string' as const } });

/** Declares that reading takes `If-None-Match` and may answer 304. */
export const ConditionalRead = (): MethodDecorator =>
  applyDecorators(ApiHeader(header('If-None-Match')), ApiResponse({ status: 304 }));

/** Declares that writing takes `If-Match`; its 412 is among the operation's errors. */
export const ConditionalWrite = (): MethodDecorator => applyDecorators(ApiHeader(header('If-Match')));
