import { HttpException } from '@nestjs/common';
import { AppError, platformError } from './app-error.js';

const BY_FASTIFY_CODE: Readonly<Record<string, Parameters<typeof platformError>[0]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'PAYLOAD_TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'MALFORMED_REQUEST',
  // A path part that cannot be decoded, or is longer than any id, names nothing that exists.
  FST_ERR_BAD_URL: 'NOT_FOUND',
  FST_ERR_MAX_PARAM_LENGTH: 'NOT_FOUND',
};

const BY_STATUS: Readonly<Record<number, Parameters<typeof platformError>[0]>> = {
  404: 'NOT_FOUND',
  408: 'REQUEST_TIMEOUT',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  431: 'HEADERS_TOO_LARGE',
};

/** PostgreSQL's classes for "try again": connection lost, resources short, shutting down (SQLSTATE 08, 53, 57). */
const isDatabaseOutage = (code: string): boolean =>
  /^(?:08|53|57)...$/.test(code) || /^E(?:CONNREFUSED|CONNRESET|PIPE|TIMEDOUT)$/.test(code);

/** TypeORM gives a transaction's connection back as soon as it breaks; what is asked of it afterwards fails so. */
const isBrokenTransaction = (error: unknown): boolean =>
  error instanceof Error && /^QueryRunner(?:Provider)?AlreadyReleasedError$/.test(error.name);

/** pg's own errors for a connection that broke or could not be had carry no code. */
const isLostConnection = (error: unknown): boolean =>
  error instanceof Error &&
  /^(?:Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/.test(
    error.message,
  );

const codeOf = (error: unknown): string => {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
};

const statusOf = (error: unknown): number => {
  if (error instanceof HttpException) return error.getStatus();
  const status =
    typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : 500;
  return typeof status === 'number' ? status : 500;
};

/**
 * Any thrown value as an error with a registry row. Unknown ones become INTERNAL_ERROR and keep the original as
 * their cause, for the log alone; an outage of the database becomes SERVICE_UNAVAILABLE.
 */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const code = codeOf(error);
  const known = BY_FASTIFY_CODE[code] ?? BY_STATUS[statusOf(error)];
  if (known) return platformError(known, { cause: error });
  if (isDatabaseOutage(code) || isLostConnection(error) || isBrokenTransaction(error)) {
    return platformError('SERVICE_UNAVAILABLE', { cause: error, retryAfterSeconds: 1 });
  }
  const status = statusOf(error);
  return platformError(status >= 400 && status < 500 ? 'MALFORMED_REQUEST' : 'INTERNAL_ERROR', {
    cause: error,
  });
}
