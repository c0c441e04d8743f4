/** SecureAI's lower-case class of an error, shown as `type`. */
export type ErrorType =
  | 'validation_error'
  | 'authentication_error'
  | 'permission_error'
  | 'not_found'
  | 'conflict'
  | 'payload_too_large'
  | 'unprocessable'
  | 'rate_limit_exceeded'
  | 'internal_error'
  | 'insufficient_storage'
  | 'service_unavailable';

/** What every surface shows for one error. Codes of the surfaces default by status, see {@link surfaceCode}. */
export interface ErrorRow {
  readonly status: number;
  readonly type: ErrorType;
  /** Public text when the thrower gives none: says what to change, holds no data. */
  readonly message: string;
  /** SERO's code where its document names one. */
  readonly sero?: string;
  /** Platform's code where its document names one. */
  readonly platform?: string;
}

/** One slice of the registry; every module declares its own. Codes are UPPER_SNAKE and unique over all slices. */
export const defineErrors = <Code extends string>(rows: Record<Code, ErrorRow>): Record<Code, ErrorRow> =>
  rows;

/** Errors that the platform itself raises. */
export const PLATFORM_ERRORS = defineErrors({
  MALFORMED_REQUEST: { status: 400, type: 'validation_error', message: 'The request is malformed.' },
  INVALID_JSON: { status: 400, type: 'validation_error', message: 'The body is not valid JSON.' },
  VALIDATION_ERROR: {
    status: 400,
    type: 'validation_error',
    message: 'A field has a value that is not allowed.',
  },
  UNAUTHENTICATED: {
    status: 401,
    type: 'authentication_error',
    message: 'Send an API key, or the token of a login, in the header "Authorization: Bearer <key>".',
    sero: 'INVALID_API_KEY',
    platform: 'UNAUTHORIZED',
  },
  PERMISSION_DENIED: {
    status: 403,
    type: 'permission_error',
    message: 'This credential lacks the permission for that.',
    sero: 'INSUFFICIENT_PERMISSIONS',
    platform: 'FORBIDDEN',
  },
  NOT_FOUND: {
    status: 404,
    type: 'not_found',
    message: 'There is no such resource, or you cannot see it.',
    sero: 'RESOURCE_NOT_FOUND',
  },
  IDEMPOTENCY_KEY_IN_FLIGHT: {
    status: 409,
    type: 'conflict',
    message: 'A request with this Idempotency-Key is still being worked on. Retry shortly.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    type: 'unprocessable',
    message: 'This Idempotency-Key was used for another request. Use a fresh key for each request.',
  },
  PRECONDITION_FAILED: {
    status: 412,
    type: 'conflict',
    message: 'The resource has changed. Read it again, and send its newest ETag in If-Match.',
  },
  RATE_LIMIT_EXCEEDED: {
    status: 429,
    type: 'rate_limit_exceeded',
    message: 'Rate limit exceeded. Wait as long as Retry-After says.',
  },
  REQUEST_TIMEOUT: { status: 408, type: 'validation_error', message: 'The request took too long to arrive.' },
  PAYLOAD_TOO_LARGE: {
    status: 413,
    type: 'payload_too_large',
    message: 'The body is larger than this operation takes.',
    sero: 'FILE_TOO_LARGE',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    type: 'validation_error',
    message: 'Send the body as JSON with the header "Content-Type: application/json".',
  },
  HEADERS_TOO_LARGE: {
    status: 431,
    type: 'validation_error',
    message: 'The headers are larger than 16 KiB.',
  },
  INTERNAL_ERROR: {
    status: 500,
    type: 'internal_error',
    message: 'Something went wrong on our side. Retry, and quote the request id if it happens again.',
  },
  SERVICE_UNAVAILABLE: {
    status: 503,
    type: 'service_unavailable',
    message: 'The service cannot answer right now. Retry shortly.',
  },
  MAINTENANCE: {
    status: 503,
    type: 'service_unavailable',
    message: 'Redoubt is closed for maintenance. Come back when Retry-After says.',
  },
  TIME_LIMIT_EXCEEDED: {
    status: 503,
    type: 'service_unavailable',
    message: 'Processing took longer than one request may take. Send less at once.',
  },
});

/** SafeKeyLab's documented codes by status; 422 and 413 are client errors like any other there. */
const SAFEKEYLAB_CODES: Readonly<Record<number, string>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  413: 'payload_too_large',
  429: 'rate_limit_exceeded',
  500: 'internal_error',
  503: 'service_unavailable',
};

/** SERO, Platform, SafeKeyLab and KeyNest know no 422: they show it as 400. */
export const statusWithout422 = (status: number): number => (status === 422 ? 400 : status);

/** The code SafeKeyLab's clients see. */
export const safekeylabCode = (row: ErrorRow): string => SAFEKEYLAB_CODES[row.status] ?? 'invalid_request';
