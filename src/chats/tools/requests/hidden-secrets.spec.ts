import fc from 'fast-check';
import { answerWords, MOST_TOLD } from './answer-words.js';
import { HiddenSecrets } from './hidden-secrets.js';

const answer = (body: string | Buffer, more: object = {}) => ({
  ...{ status: 200, contentType: 'text/plain', retryAfter: undefined, body: Buffer.from(body), isCut: false },
  ...more,
});

describe('secrets in what a tool answers', () => {
  const values = fc.string({ minLength: 8, maxLength: 40, unit: 'grapheme-ascii' });

  it('are taken out however a server writes them', () => {
    fc.assert(
      fc.property(
        values,
        fc.string({ unit: 'grapheme-ascii' }),
        fc.string({ unit: 'grapheme-ascii' }),
        (value, before, after) => {
          const hidden = new HiddenSecrets([value]);
          const base64 = Buffer.from(`${before}${value}${after}`).toString('base64');
          const forms = [
            value,
            JSON.stringify({ a: value }),
            encodeURIComponent(value),
            new URLSearchParams({ a: value }).toString(),
          ];
          for (const form of forms) {
            const text = hidden.hide(before + form + after);
            expect(text).toContain('[SECRET]');
          }
          expect(hidden.hide(base64)).toContain('[SECRET]');
          const outside = before + after;
          if (!outside.includes(value))
            expect(hidden.hide(`${before}\n${value}\n${after}`).includes(value)).toBe(false);
        },
      ),
    );
  });

  it('are not told in part where an answer was cut', () => {
    const value = 'sk-0123456789abcdef';
    for (let length = 1; length <= value.length; length++) {
      const words = answerWords(
        answer(`key: ${value.slice(0, length)}`, { isCut: true }),
        new HiddenSecrets([value]),
      );
      expect(words).toMatch(/^key: (?:\[SECRET\])?\n/);
    }
  });

  it('are found before an answer is cut to what is told', () => {
    const value = 'sk-0123456789abcdef';
    const body = `${'x'.repeat(MOST_TOLD - 5)}${value}`;
    expect(answerWords(answer(body), new HiddenSecrets([value]))).not.toContain('sk-');
  });
});

describe('what a model is told of an answer', () => {
  const none = new HiddenSecrets([]);

  it('is its text, or what came instead', () => {
    expect(answerWords(answer('4 °C'), none)).toBe('4 °C');
    expect(answerWords(answer('', { status: 204 }), none)).toBe('[The answer is empty: HTTP 204]');
    expect(answerWords(answer('no such city', { status: 404 }), none)).toBe(
      "The tool's server answered with an error: HTTP 404.\nno such city",
    );
    expect(answerWords(answer('x', { status: 302 }), none)).toMatch(/redirect \(HTTP 302\)/);
    expect(answerWords(answer(Buffer.from([137, 80, 0, 1]), { contentType: 'image/png' }), none)).toBe(
      '[4 bytes of image/png, which cannot be shown]',
    );
  });

  it('is cut, and says so', () => {
    const words = answerWords(answer('é'.repeat(MOST_TOLD)), none);
    expect(words).toMatch(/^é+\n\[The answer was longer and is cut off here\.\]$/);
    expect(Buffer.byteLength(words)).toBeLessThan(MOST_TOLD + 60);
  });
});
