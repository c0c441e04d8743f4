import { NotFoundException } from '@nestjs/common';
import { QueryRunnerAlreadyReleasedError, QueryRunnerProviderAlreadyReleasedError } from 'typeorm';
import { platformError } from './app-error.js';
import { toAppError } from './to-app-error.js';

const withCode = (code: string) => Object.assign(new Error('secret words'), { code });

describe('toAppError', () => {
  it('leaves its own errors alone', () => {
    const error = platformError('NOT_FOUND');
    expect(toAppError(error)).toBe(error);
  });

  it.each([
    [new NotFoundException('secret words'), 'NOT_FOUND', 404],
    [withCode('FST_ERR_CTP_BODY_TOO_LARGE'), 'PAYLOAD_TOO_LARGE', 413],
    [Object.assign(new Error('secret words'), { statusCode: 418 }), 'MALFORMED_REQUEST', 400],
    [withCode('57P01'), 'SERVICE_UNAVAILABLE', 503],
    [withCode('53300'), 'SERVICE_UNAVAILABLE', 503],
    [withCode('ECONNREFUSED'), 'SERVICE_UNAVAILABLE', 503],
    [new Error('Connection terminated unexpectedly'), 'SERVICE_UNAVAILABLE', 503],
    [new QueryRunnerAlreadyReleasedError(), 'SERVICE_UNAVAILABLE', 503],
    [new QueryRunnerProviderAlreadyReleasedError(), 'SERVICE_UNAVAILABLE', 503],
    [withCode('23505'), 'INTERNAL_ERROR', 500],
    [new Error('secret words'), 'INTERNAL_ERROR', 500],
    ['secret words', 'INTERNAL_ERROR', 500],
    [null, 'INTERNAL_ERROR', 500],
  ])('makes %p a %s and repeats none of its words', (thrown, code, status) => {
    const error = toAppError(thrown);
    expect([error.code, error.row.status]).toEqual([code, status]);
    expect(error.message).not.toContain('secret');
    expect(error.cause).toBe(thrown);
  });
});
