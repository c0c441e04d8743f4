import type { AppError, ErrorDetails } from '../../platform/errors/app-error.js';
import { type ErrorRow, statusWithout422 } from '../../platform/errors/error-registry.js';
import type { ErrorPresenter } from '../../platform/http/error-presenter.js';
import type { PlatformErrorDto, PlatformErrorEnvelopeDto } from './platform-error.dto.js';

/** Platform's codes by status. Statuses its document does not know keep our code, so that clients can tell them apart. */
const CODES: Readonly<Record<number, string>> = {
  400: 'INVALID_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  429: 'RATE_LIMIT_EXCEEDED',
  500: 'INTERNAL_ERROR',
  503: 'SERVICE_UNAVAILABLE',
};

/** Our words for what an input breaks, in the manner of the one the document shows; others stay as they are. */
const REASONS: Readonly<Record<string, string>> = {
  required: 'required_field_missing',
  unknown: 'unknown_field',
  type: 'invalid_type',
  enum: 'value_not_allowed',
  format: 'invalid_format',
  pattern: 'invalid_format',
  json: 'invalid_json',
  minLength: 'value_too_short',
  maxLength: 'value_too_long',
  minimum: 'value_too_small',
  maximum: 'value_too_large',
  minItems: 'too_few_items',
  maxItems: 'too_many_items',
  single: 'given_more_than_once',
  exclusive: 'given_with_another',
  future: 'not_in_the_future',
  held: 'scope_not_held',
  invalid: 'invalid_credential',
  match: 'does_not_match',
  unsupported: 'not_supported',
  active: 'not_active',
  available: 'not_available',
  exists: 'does_not_exist',
  unique: 'not_unique',
  unused: 'used_before',
  storable: 'not_storable',
  order: 'wrong_order',
  administrator: 'administrators_only',
  timeout: 'timed_out',
  variable: 'unknown_variable',
};

/** A word in the document's spelling: `not-linear` is `not_linear`, `maxProperties` is `max_properties`. */
const inSnakeCase = (word: string): string =>
  word.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replaceAll('-', '_');

const codeOf = (code: string, row: ErrorRow): string => row.platform ?? CODES[row.status] ?? code;

const detailsOf = ({ field, constraint, allowed }: ErrorDetails) => ({
  field,
  reason: REASONS[constraint] ?? inSnakeCase(constraint),
  ...(allowed && { allowed: [...allowed] }),
});

/** A missing body is no missing field: its own text says which fields it must have. */
const messageOf = ({ message, details }: AppError): string =>
  details?.constraint === 'required' && details.field !== 'body'
    ? `Invalid parameter: ${details.field} is required`
    : message;

function presentBody(error: AppError): PlatformErrorDto {
  const { details, retryAfterSeconds } = error;
  return {
    code: codeOf(error.code, error.row),
    message: messageOf(error),
    ...(details && { details: detailsOf(details) }),
    ...(retryAfterSeconds !== undefined && { retry_after: retryAfterSeconds }),
  };
}

export const presentPlatformError: ErrorPresenter = (error) => {
  const body: PlatformErrorEnvelopeDto = { status: 'error', error: presentBody(error) };
  return { status: statusWithout422(error.row.status), body };
};
