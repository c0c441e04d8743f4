import { keptAnswers } from './kept-answers.js';

describe('answers that are kept', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('are written once while they are kept, and others every time', () => {
    const answer = keptAnswers.keep({ name: 'Grüße', list: [1, null] });
    const bytes = keptAnswers.write(answer);
    expect(bytes.toString('utf8')).toBe(JSON.stringify(answer));
    expect(keptAnswers.write(answer)).toBe(bytes);
    expect(keptAnswers.write({ ...answer })).toBe(JSON.stringify(answer));
    jest.advanceTimersByTime(61_000);
    expect(keptAnswers.write(answer)).not.toBe(bytes);
    expect(keptAnswers.write(answer)).toEqual(bytes);
  });

  it('give way to later ones when they are too many, and are not kept when they are too large', () => {
    const answers = Array.from({ length: 40 }, (_, at) =>
      keptAnswers.keep({ at, text: 'x'.repeat(600_000) }),
    );
    const [first, last] = [answers[0] ?? {}, answers.at(-1) ?? {}];
    const written = answers.map((answer) => keptAnswers.write(answer));
    expect(keptAnswers.write(last)).toBe(written.at(-1));
    expect(keptAnswers.write(first)).not.toBe(written[0]);
    const large = keptAnswers.keep({ text: 'x'.repeat(2_000_000) });
    expect(keptAnswers.write(large)).not.toBe(keptAnswers.write(large));
  });

  it('write what is no object as JSON does', () => {
    expect([null, 'a', 5, true].map((value) => keptAnswers.write(value))).toEqual([
      'null',
      '"a"',
      '5',
      'true',
    ]);
  });
});
