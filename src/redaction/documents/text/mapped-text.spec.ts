import fc from 'fast-check';
import { MappedText } from './mapped-text.js';
import { otherReadings } from './readings.js';

const spelled = (source: string, reading: MappedText, part: string): string => {
  const start = reading.text.indexOf(part);
  const place = reading.sourceOf({ start, end: start + part.length });
  return source.slice(place.start, place.end);
};

describe('a text that reads otherwise than it is spelled', () => {
  it.each([
    ['see /u?n=Zebulon%20Quacken%62ush&x', 'Zebulon Quackenbush', 'Zebulon%20Quacken%62ush'],
    ['%5A%65b', 'Zeb', '%5A%65b'],
    ['%c3%a9t%C3%A9', 'été', '%c3%a9t%C3%A9'],
    ['a %zz %ff b %41', 'b A', 'b %41'],
    ['\\u005aebulon', 'Zebulon', '\\u005aebulon'],
  ])('knows where it is spelled: %s', (source, part, expected) => {
    const [reading] = otherReadings(source, false);
    expect(reading && spelled(source, reading, part)).toBe(expected);
  });

  it.each([
    ['**Zeb**ulon _Quackenbush_!', 'Zebulon Quackenbush', 'Zeb**ulon _Quackenbush'],
    ['john\\_smith@x.org', 'john_smith@x.org', 'john\\_smith@x.org'],
    ['snake_case_name', undefined, ''],
    ['&#90;ebu&shy;lon&nbsp;Q&#x75;', 'Zebu\u00adlon\u00a0Qu', '&#90;ebu&shy;lon&nbsp;Q&#x75;'],
    ['a ~~b~~ `c`', 'a b c', 'a ~~b~~ `c'],
  ])('is read as Markdown shows it: %s', (source, part, expected) => {
    const [reading] = otherReadings(source, true);
    expect(part === undefined ? reading : reading && spelled(source, reading, part)).toBe(part && expected);
  });

  it('maps every place to where its character is', () => {
    const text = fc.array(fc.constantFrom('a', 'bc', '<x>', '<>', '<long>'), { maxLength: 12 });
    fc.assert(
      fc.property(text, (pieces) => {
        const source = pieces.join('');
        const reading = new MappedText(source, /<(\w*)>/g, ([, inside = '']) => inside.toUpperCase());
        for (let at = 0; at < reading.text.length; at++) {
          const place = reading.sourceOf({ start: at, end: at + 1 });
          const part = source.slice(place.start, place.end);
          expect(part.toUpperCase()).toContain(reading.text[at]?.toUpperCase());
          expect(part.length === 1 || part.startsWith('<')).toBe(true);
        }
      }),
    );
  });
});
