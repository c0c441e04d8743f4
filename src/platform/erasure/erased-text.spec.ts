import { blankedText, ERASED, erasedJson } from './erased-text.js';
import type { SoughtValue } from './sought-value.js';

const sought: SoughtValue = {
  passages: async (text) =>
    [...text.matchAll(/Ada|4155550132/g)].map(({ index, 0: found }) => ({
      start: index,
      end: index + found.length,
    })),
};

describe('what is left of a text', () => {
  it('has other texts, however deep, and nothing else that is other', async () => {
    const json = { Ada: ['of Ada and Ada', { n: 4_155_550_132, small: 413 }], b: null, c: true };
    expect(await erasedJson(json, sought)).toEqual({
      ...{ Ada: [`of ${ERASED} and ${ERASED}`, { n: ERASED, small: 413 }], b: null, c: true },
    });
    expect(await erasedJson({ Ada: 'nobody', n: 4_155_550_133 }, sought)).toBeUndefined();
  });

  it('keeps offsets true, in code units and in code points', () => {
    const text = 'a Ada𝔸 z';
    const blank = blankedText(text, [{ start: 2, end: 7 }]);
    expect(blank).toBe('a ███🟥 z');
    expect([blank.length, [...blank].length]).toEqual([text.length, [...text].length]);
  });
});
