import type { FastifyReply } from 'fastify';
import { AppError } from '../errors/app-error.js';
import { processorTime } from '../testing/processor-time.js';
import { answerVersioned, assertMatch, etagOf } from './etag.js';

const outcome = (work: () => unknown): string => {
  try {
    work();
    return 'passes';
  } catch (error) {
    return error instanceof AppError ? error.code : 'unexpected';
  }
};

describe('If-Match', () => {
  it.each([
    [undefined, 'passes'],
    ['*', 'passes'],
    [['"7"'], 'passes'],
    [['"1"', '"7"'], 'passes'],
    [['W/"7"'], 'PRECONDITION_FAILED'],
    [['"77"'], 'PRECONDITION_FAILED'],
    [[], 'PRECONDITION_FAILED'],
  ] as const)('%j against version 7: %s', (ifMatch, expected) => {
    expect(outcome(() => assertMatch(ifMatch, 7))).toBe(expected);
  });
});

describe('an answer with a version', () => {
  const answer = (method: string, ifNoneMatch?: string) => {
    const sent = { status: 200, etag: '' };
    const reply = {
      request: { method, headers: { 'if-none-match': ifNoneMatch } },
      header: (_: string, value: string) => {
        sent.etag = value;
      },
      status: (value: number) => {
        sent.status = value;
      },
    };
    const body = answerVersioned(reply as unknown as FastifyReply, { version: 3 });
    return [body?.version, sent.status, sent.etag];
  };

  it.each([
    ['GET', undefined, 3, 200],
    ['GET', '"3"', undefined, 304],
    ['GET', 'W/"3"', undefined, 304],
    ['GET', ' "1" , "3" ', undefined, 304],
    ['GET', '*', undefined, 304],
    ['GET', '"33"', 3, 200],
    ['GET', '"a,b", "c"', 3, 200],
    ['PUT', '"3"', 3, 200],
  ])('%s with If-None-Match %s', (method, ifNoneMatch, version, status) => {
    expect(answer(method, ifNoneMatch)).toEqual([version, status, etagOf(3)]);
  });

  it.each(['3', '"3', '"3" "4"', '', 'W/3', `${'"'.repeat(50_001)}`])('refuses %p', (malformed) => {
    const spent = processorTime();
    expect(outcome(() => answer('GET', malformed))).toBe('VALIDATION_ERROR');
    expect(spent()).toBeLessThan(500);
  });
});
