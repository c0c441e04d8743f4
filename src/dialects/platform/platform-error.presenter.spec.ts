import { invalidField, platformError } from '../../platform/errors/app-error.js';
import { PLATFORM_ERRORS } from '../../platform/errors/error-registry.js';
import { presentPlatformError } from './platform-error.presenter.js';

const present = (error: Parameters<typeof presentPlatformError>[0]) =>
  presentPlatformError(error, 'req_1', new Date(0));

describe('presentPlatformError', () => {
  it("words a missing field as the document's sample does", () => {
    const error = invalidField('name', 'required', "The 'name' field is required.");
    expect(present(error)).toEqual({
      status: 400,
      body: {
        status: 'error',
        error: {
          code: 'INVALID_REQUEST',
          message: 'Invalid parameter: name is required',
          details: { field: 'name', reason: 'required_field_missing' },
        },
      },
    });
  });

  it("words a reached limit as the document's sample does", () => {
    const error = platformError('RATE_LIMIT_EXCEEDED', {
      message: 'Rate limit exceeded. Try again in 3600 seconds.',
      retryAfterSeconds: 3600,
    });
    expect(present(error)).toEqual({
      status: 429,
      body: {
        status: 'error',
        error: {
          code: 'RATE_LIMIT_EXCEEDED',
          message: 'Rate limit exceeded. Try again in 3600 seconds.',
          retry_after: 3600,
        },
      },
    });
  });

  it.each([
    ['UNAUTHENTICATED', 401, 'UNAUTHORIZED'],
    ['PERMISSION_DENIED', 403, 'FORBIDDEN'],
    ['NOT_FOUND', 404, 'NOT_FOUND'],
    ['INVALID_JSON', 400, 'INVALID_REQUEST'],
    ['MALFORMED_REQUEST', 400, 'INVALID_REQUEST'],
    ['PAYLOAD_TOO_LARGE', 413, 'PAYLOAD_TOO_LARGE'],
    ['UNSUPPORTED_MEDIA_TYPE', 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['PRECONDITION_FAILED', 412, 'PRECONDITION_FAILED'],
    ['IDEMPOTENCY_KEY_REUSED', 400, 'IDEMPOTENCY_KEY_REUSED'],
    ['INTERNAL_ERROR', 500, 'INTERNAL_ERROR'],
    ['TIME_LIMIT_EXCEEDED', 503, 'SERVICE_UNAVAILABLE'],
  ] as const)('shows %s as %s %s', (code, status, shown) => {
    expect(present(platformError(code))).toMatchObject({ status, body: { error: { code: shown } } });
  });

  it('never shows a 422, whatever the error', () => {
    for (const code of Object.keys(PLATFORM_ERRORS) as (keyof typeof PLATFORM_ERRORS)[]) {
      expect(present(platformError(code)).status).not.toBe(422);
    }
  });

  it('keeps the text that says what a missing body must hold', () => {
    const text = 'A JSON body is required, with: name.';
    expect(present(invalidField('body', 'required', text))).toMatchObject({
      body: { error: { message: text } },
    });
  });

  it('spells words it does not know as the document spells its own, and lists what is allowed', () => {
    const details = (constraint: string) =>
      present(invalidField('pattern', constraint, 'No.', ['a', 'b'])).body;
    expect(details('not-linear')).toMatchObject({
      error: { details: { field: 'pattern', reason: 'not_linear', allowed: ['a', 'b'] } },
    });
    expect(details('maxProperties')).toMatchObject({ error: { details: { reason: 'max_properties' } } });
  });
});
