import { titleOf } from './chat-title.js';

describe('the title made of a message', () => {
  it.each([
    ['  What\n brake pads? ', 'What brake pads?'],
    ['x'.repeat(60), 'x'.repeat(60)],
    ['x'.repeat(61), 'x'.repeat(60)],
    ['😀'.repeat(61), '😀'.repeat(60)],
    [`${'x'.repeat(60)} y`, 'x'.repeat(60)],
    [`${'x'.repeat(50)} ${'y'.repeat(50)}`, 'x'.repeat(50)],
  ])('of %j is %j', (text, title) => {
    expect(titleOf(text)).toBe(title);
  });

  it('is none of a message without text', () => {
    expect([titleOf(''), titleOf(' \n\t')]).toEqual([undefined, undefined]);
  });

  it('is always the beginning of the text on one line, of 60 characters at most, and well formed', () => {
    for (let length = 1; length < 130; length++) {
      const text = 'ab 😀c '.repeat(30).slice(0, length);
      const title = titleOf(text) ?? '';
      expect([...title].length).toBeLessThanOrEqual(60);
      expect(title.isWellFormed()).toBe(true);
      expect(text.trim().toWellFormed().startsWith(title)).toBe(true);
    }
  });
});
