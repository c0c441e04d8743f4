import { allowanceOf } from './allowance.js';
import { refusalError } from './refusal.js';
import { windowsOf } from './window.js';

describe('a refusal', () => {
  const allowance = { ...allowanceOf(undefined, '127.0.0.1'), windows: windowsOf(numbers(), 'completions') };

  function numbers() {
    const none = { per_second: null, burst: null, per_hour: null, per_month: null, uploads_per_day: null };
    const counts = { completions_per_minute: 30, completions_per_day: 5_000 };
    return { ...none, ...counts, per_minute: 60, per_day: 10_000, upload_bytes: null, concurrent: null };
  }

  it.each([
    ['minute', 2, 'Rate limit exceeded. Try again in 2 seconds.'],
    [
      'completions_minute',
      1,
      'Rate limit exceeded: the plan allows 30 completions a minute. Try again in 1 second.',
    ],
    [
      'completions_day',
      9,
      'Rate limit exceeded: the plan allows 5000 completions a day. Try again in 9 seconds.',
    ],
  ] as const)(
    'by the window %s says what there is too much of, and how long to wait',
    (by, seconds, message) => {
      const error = refusalError({ by, seconds }, allowance);
      expect([error.code, error.message, error.retryAfterSeconds]).toEqual([
        'RATE_LIMIT_EXCEEDED',
        message,
        seconds,
      ]);
    },
  );
});
